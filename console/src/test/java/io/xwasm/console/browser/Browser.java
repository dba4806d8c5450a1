package io.xwasm.console.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The system's Chromium, driven as a person would. */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ChromeDriver driver;
    private final URI console;
    private final Path screenshots;

    /**
     * @param console base address of every path
     * @param profile an empty folder for the browser
     * @param screenshots where pictures go; made when it is not there
     */
    public Browser(URI console, Path profile, Path screenshots) throws IOException {
        this.console = console;
        this.screenshots = Files.createDirectories(screenshots);
        var options = new ChromeOptions();
        options.setBinary(program("chromium", "chromium-browser", "google-chrome"));
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--window-size=1440,1000",
                "--user-data-dir=" + profile);
        var service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(program("chromedriver"))
                        .build();
        driver = new ChromeDriver(service, options);
        size(1440, 1000);
    }

    private static File program(String... names) {
        return Stream.of(names)
                .flatMap(name ->
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                names[0]
                                        + " is missing; on Debian: sudo apt-get install chromium chromium-driver"));
    }

    public void open(String path) {
        driver.get(console.resolve("/" + path).toString());
    }

    /** Opens a page with no trace of an earlier session. */
    public void openAsStranger(String path) {
        driver.manage().deleteAllCookies();
        open(path);
        see("#login-user");
    }

    /** On the sign-in page. */
    public void signIn(String user, String password) {
        type("#login-user input", user);
        type("#login-password input", password);
        click("#login-submit");
    }

    /** Waits until this is shown. */
    public WebElement see(String css) {
        var shown = new AtomicReference<WebElement>();
        await(
                "nothing to see at " + css,
                () -> {
                    all(css).stream()
                            .filter(WebElement::isDisplayed)
                            .findFirst()
                            .ifPresent(shown::set);
                    return shown.get() != null;
                });
        return shown.get();
    }

    /** Waits until this is shown with these words in it. */
    public void see(String css, String words) {
        await(
                "\"%s\" is not at %s".formatted(words, css),
                () -> all(css).stream().anyMatch(e -> e.getText().contains(words)));
    }

    public void see(String css, String attribute, String value) {
        await(
                "%s of %s is not %s".formatted(attribute, css, value),
                () -> all(css).stream().anyMatch(e -> value.equals(e.getDomAttribute(attribute))));
    }

    /** Waits until nothing is there, or nothing is shown. */
    public void seeNot(String css) {
        await(css + " is still there", () -> all(css).stream().noneMatch(WebElement::isDisplayed));
    }

    public void seeAddress(String ending) {
        await("the address does not end in " + ending, () -> address().endsWith(ending));
    }

    /** Something that may come true later. */
    @FunctionalInterface
    public interface Condition {
        boolean holds();
    }

    /** Waits until it holds; pages change while they are looked at. */
    public void await(String otherwise, Condition condition) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> otherwise + " on " + driver.getCurrentUrl())
                .ignoring(WebDriverException.class)
                .until(_ -> condition.holds());
    }

    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    public String text(String css) {
        return read(css, WebElement::getText);
    }

    public String attribute(String css, String name) {
        return read(css, element -> String.valueOf(element.getDomAttribute(name)));
    }

    /** What is read is read from what is shown then: pages draw themselves anew all the time. */
    private String read(String css, Function<WebElement, String> what) {
        var found = new AtomicReference<String>();
        await(
                "nothing to read at " + css,
                () -> {
                    all(css).stream()
                            .filter(WebElement::isDisplayed)
                            .findFirst()
                            .map(what)
                            .ifPresent(found::set);
                    return found.get() != null;
                });
        return found.get();
    }

    public String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    public String title() {
        return String.valueOf(driver.getTitle());
    }

    public void click(String css) {
        see(css);
        await(
                css + " cannot be clicked",
                () -> {
                    driver.findElement(By.cssSelector(css)).click();
                    return true;
                });
    }

    /** Two clicks in one breath, as an impatient hand does. */
    public void clickTwice(String first, String second) {
        see(first);
        see(second);
        run(
                "document.querySelector(\"%s\").click(); document.querySelector(\"%s\").click();"
                        .formatted(first, second));
    }

    /** The first button with these words on it. */
    public void press(String words) {
        var button = By.xpath("//vaadin-button[normalize-space()='%s']".formatted(words));
        await(
                "no button says " + words,
                () -> {
                    driver.findElement(button).click();
                    return true;
                });
    }

    /** A key, to whatever has the focus. */
    public void key(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    public void type(String css, String words) {
        var field = see(css);
        field.clear();
        field.sendKeys(words);
    }

    public void chooseFile(String upload, Path file) {
        see(upload)
                .getShadowRoot()
                .findElement(By.cssSelector("input[type=file]"))
                .sendKeys(file.toAbsolutePath().toString());
    }

    public @Nullable Object run(String script) {
        return driver.executeScript(script);
    }

    /** Of a script that calls its last argument when it is done. */
    public @Nullable Object outcome(String script) {
        return driver.executeAsyncScript(script);
    }

    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** light or dark. */
    public void theme(String name) {
        run("document.getElementById('theme-%s').click()".formatted(name));
        await(
                "the page is not " + name,
                () ->
                        name.equals(
                                run(
                                        "return getComputedStyle(document.documentElement).colorScheme")));
    }

    public void screenshot(String name) {
        try {
            Files.write(
                    screenshots.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the browser's own console complained of. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(e -> e.getLevel() + " " + e.getMessage())
                .filter(m -> m.startsWith("SEVERE"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
