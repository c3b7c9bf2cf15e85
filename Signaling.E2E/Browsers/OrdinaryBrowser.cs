using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signaling.E2E.Running;

namespace Signaling.E2E.Browsers;

/// <summary>
/// Chromium as people have it, but for its window. Playwright's own keeps hidden tabs awake and tells each page that it is in
/// front; this one is started without Playwright, which then only looks in.
/// </summary>
public sealed partial class OrdinaryBrowser : IAsyncDisposable
{
    private readonly Child _process;
    private readonly DirectoryInfo _profile;

    private OrdinaryBrowser(Child process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    /// <summary>Its one window: whatever tab is opened last hides the others.</summary>
    public IBrowserContext Window { get; private set; } = null!;

    public static async Task<OrdinaryBrowser> StartAsync(IPlaywright playwright, int patienceMs)
    {
        var profile = Directory.CreateTempSubdirectory("signaling-browser-");
        var program = new ProcessStartInfo(BrowserFinder.Find() ?? playwright.Chromium.ExecutablePath,
            ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}"]);
        var browser = new OrdinaryBrowser(Child.Start("chromium", program), profile);
        try
        {
            var address = (await browser._process.SaysAsync(Listening())).Groups[1].Value;
            var connected = await playwright.Chromium.ConnectOverCDPAsync(address, new() { NoDefaults = true });
            browser.Window = connected.Contexts[0];
            browser.Window.SetDefaultTimeout(patienceMs);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser was still writing; the folder is in the machine's own place for what may go.
        }
    }

    [GeneratedRegex(@"DevTools listening on (ws://\S+)")]
    private static partial Regex Listening();
}
