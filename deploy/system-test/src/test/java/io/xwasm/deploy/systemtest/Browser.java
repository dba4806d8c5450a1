package io.xwasm.deploy.systemtest;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The system's Chromium, driven as a person would. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ChromeDriver driver;
    private final URI console;
    private final Path screenshots;

    /**
     * @param profile an empty folder for the browser
     */
    Browser(URI console, Path profile) throws IOException {
        this.console = console;
        this.screenshots =
                Path.of(
                        Objects.requireNonNull(
                                System.getProperty("xwasm.screenshots"),
                                "xwasm.screenshots says where pictures go"));
        Files.createDirectories(screenshots);
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
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 1440, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
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

    void open(String path) {
        driver.get(console.resolve("/" + path).toString());
    }

    /** Signs in with no trace of an earlier session. */
    void signIn(String user, String password) {
        driver.manage().deleteAllCookies();
        open("");
        type("#login-user input", user);
        type("#login-password input", password);
        click("#login-submit");
        see("#live");
    }

    WebElement see(String css) {
        var shown = new AtomicReference<WebElement>();
        var _ =
                new WebDriverWait(driver, PATIENCE)
                        .withMessage("nothing to see at " + css + " on " + driver.getCurrentUrl())
                        .ignoring(WebDriverException.class)
                        .until(_ -> {
                            driver.findElements(By.cssSelector(css)).stream()
                                    .filter(WebElement::isDisplayed)
                                    .findFirst()
                                    .ifPresent(shown::set);
                            return shown.get() != null;
                        });
        return shown.get();
    }

    /** Waits until this is shown with these words in it. */
    void see(String css, String words) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(
                        "\"%s\" is not at %s on %s".formatted(words, css, driver.getCurrentUrl()))
                .ignoring(WebDriverException.class)
                .until(_ ->
                        driver.findElements(By.cssSelector(css)).stream()
                                .anyMatch(e -> e.getText().contains(words)));
    }

    String attribute(String css, String name) {
        return String.valueOf(see(css).getDomAttribute(name));
    }

    void click(String css) {
        see(css);
        new WebDriverWait(driver, PATIENCE)
                .withMessage(css + " cannot be clicked on " + driver.getCurrentUrl())
                .ignoring(WebDriverException.class)
                .until(_ -> {
                    driver.findElement(By.cssSelector(css)).click();
                    return true;
                });
    }

    /** The first button with these words on it. */
    void press(String words) {
        var button = By.xpath("//vaadin-button[normalize-space()='%s']".formatted(words));
        new WebDriverWait(driver, PATIENCE)
                .withMessage("no button says " + words)
                .ignoring(WebDriverException.class)
                .until(_ -> {
                    driver.findElement(button).click();
                    return true;
                });
    }

    void type(String css, String words) {
        var field = see(css);
        field.clear();
        field.sendKeys(words);
    }

    void chooseFile(String upload, Path file) {
        see(upload)
                .getShadowRoot()
                .findElement(By.cssSelector("input[type=file]"))
                .sendKeys(file.toAbsolutePath().toString());
    }

    @Nullable Object run(String script) {
        return driver.executeScript(script);
    }

    void theme(String name) {
        run("document.getElementById('theme-%s').click()".formatted(name));
        new WebDriverWait(driver, PATIENCE)
                .until(_ ->
                        String.valueOf(
                                        run(
                                                "return getComputedStyle(document.documentElement).colorScheme"))
                                .equals(name));
    }

    void screenshot(String name) throws IOException {
        Files.write(screenshots.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What the browser's own console complained of. */
    List<String> complaints() {
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
