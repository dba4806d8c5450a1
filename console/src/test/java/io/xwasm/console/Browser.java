package io.xwasm.console;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The system's Chromium, driven as a person would. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;
    private final URI console;

    Browser(URI console) throws IOException {
        this.console = console;
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
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
                "--user-data-dir=" + Files.createTempDirectory("xwasm-chromium"));
        var service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                        .build();
        driver = new ChromeDriver(service, options);
    }

    void open(String path) {
        driver.get(console.resolve("/" + path).toString());
    }

    /** Opens a page with no trace of an earlier session. */
    void openAsStranger(String path) {
        driver.manage().deleteAllCookies();
        open(path);
        see("#login-user");
    }

    void signIn(String user, String password) {
        type("#login-user input", user);
        type("#login-password input", password);
        click("#login-submit");
    }

    WebElement see(String css) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage("nothing to see at " + css + " on " + driver.getCurrentUrl())
                .ignoring(StaleElementReferenceException.class)
                .until(_ ->
                        all(css).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
    }

    /** Waits until this is shown with these words in it. */
    void see(String css, String words) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(
                        "\"%s\" is not at %s on %s".formatted(words, css, driver.getCurrentUrl()))
                .ignoring(StaleElementReferenceException.class)
                .until(_ -> all(css).stream().anyMatch(e -> e.getText().contains(words)));
    }

    void see(String css, String attribute, String value) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage("%s of %s is not %s".formatted(attribute, css, value))
                .ignoring(StaleElementReferenceException.class)
                .until(_ ->
                        all(css).stream()
                                .anyMatch(e -> value.equals(e.getDomAttribute(attribute))));
    }

    void seeAddress(String ending) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage("the address does not end in " + ending)
                .until(_ -> address().endsWith(ending));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    String text(String css) {
        return see(css).getText();
    }

    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    String title() {
        return String.valueOf(driver.getTitle());
    }

    void click(String css) {
        see(css);
        new WebDriverWait(driver, PATIENCE)
                .ignoring(org.openqa.selenium.WebDriverException.class)
                .until(_ -> {
                    driver.findElement(By.cssSelector(css)).click();
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

    Object run(String script) {
        return driver.executeScript(script);
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
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

    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(
                    SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
