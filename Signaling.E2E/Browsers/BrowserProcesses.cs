using Microsoft.Playwright;

namespace Signaling.E2E.Browsers;

/// <summary>Browsers, each a process of its own, started when first asked for and kept until the last test is over.</summary>
public sealed class BrowserProcesses : IAsyncLifetime
{
    private const int PatienceMs = 20_000;

    private readonly List<IBrowser> _browsers = [];
    private IPlaywright? _playwright;

    public ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        return ValueTask.CompletedTask;
    }

    /// <summary>A fresh, empty session in the browser of that number.</summary>
    public async Task<IBrowserContext> SessionAsync(int number, bool takesAnyCertificate = false)
    {
        while (_browsers.Count <= number) _browsers.Add(await LaunchAsync());
        if (!_browsers[number].IsConnected) _browsers[number] = await LaunchAsync();

        var session = await _browsers[number].NewContextAsync(new() { IgnoreHTTPSErrors = takesAnyCertificate });
        session.SetDefaultTimeout(PatienceMs);
        return session;
    }

    /// <summary>A browser with nothing set for tests.</summary>
    public async Task<OrdinaryBrowser> OrdinaryAsync() => await OrdinaryBrowser.StartAsync(_playwright ??= await Playwright.CreateAsync(), PatienceMs);

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers) await browser.CloseAsync();
        _playwright?.Dispose();
    }

    private async Task<IBrowser> LaunchAsync()
    {
        _playwright ??= await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserFinder.Find(),
            Args = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pings", "--use-fake-device-for-media-stream"],
        });
    }
}
