using System.Diagnostics;
using System.Text.RegularExpressions;
using Signaling.E2E.Running;

namespace Signaling.E2E.Browsers;

/// <summary>A Firefox of its own, with a fresh profile, driven by WebDriver BiDi over its debugging port: Playwright cannot drive the one that people have.</summary>
public sealed partial class Firefox : IAsyncDisposable
{
    private static readonly string[] Preferences =
    [
        "user_pref('media.peerconnection.ice.obfuscate_host_addresses', false);", // names by mDNS need a network that carries it
        "user_pref('media.peerconnection.ice.loopback', true);", // all that a machine without a network has
        "user_pref('app.update.enabled', false);",
        "user_pref('browser.shell.checkDefaultBrowser', false);",
        "user_pref('datareporting.policy.dataSubmissionEnabled', false);",
        "user_pref('toolkit.telemetry.enabled', false);",
        "user_pref('app.normandy.enabled', false);",
        "user_pref('network.captive-portal-service.enabled', false);",
        "user_pref('network.connectivity-service.enabled', false);",
    ];

    private readonly Child _process;
    private readonly DirectoryInfo _profile;
    private readonly BiDi _bidi;

    private Firefox(Child process, DirectoryInfo profile, BiDi bidi) => (_process, _profile, _bidi) = (process, profile, bidi);

    /// <summary>The program to use: what FIREFOX names, else one on the PATH; null where there is none.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable("FIREFOX") switch
    {
        null or "" => BrowserFinder.OnPath("firefox", "firefox-esr"),
        var program => program,
    };

    public static async Task<Firefox> StartAsync(string program)
    {
        var profile = Directory.CreateTempSubdirectory("signaling-firefox-");
        await File.WriteAllLinesAsync(Path.Combine(profile.FullName, "user.js"), Preferences);
        var process = Child.Start("firefox", new ProcessStartInfo(program,
            ["--headless", "--no-remote", "--new-instance", "--profile", profile.FullName, "--remote-debugging-port", "0"]));
        try
        {
            var port = await process.SaysAsync(Listening());
            return new Firefox(process, profile, await BiDi.ConnectAsync(new Uri($"{port.Groups["url"].Value}/session")));
        }
        catch
        {
            await EndAsync(process, profile);
            throw;
        }
    }

    /// <summary>Opens a page in a new tab, and gives what evaluates expressions in it: the value of a promise, as a string.</summary>
    public async Task<Func<string, Task<string>>> OpenAsync(Uri page)
    {
        var context = (await _bidi.SendAsync("browsingContext.create", new { type = "tab" })).GetProperty("context").GetString();
        await _bidi.SendAsync("browsingContext.navigate", new { context, url = page.AbsoluteUri, wait = "complete" });
        return async expression =>
        {
            var answer = await _bidi.SendAsync("script.evaluate", new { expression, target = new { context }, awaitPromise = true });
            return answer.GetProperty("type").GetString() == "success"
                ? answer.GetProperty("result").GetProperty("value").GetString()!
                : throw new InvalidOperationException(answer.GetProperty("exceptionDetails").GetProperty("text").GetString());
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _bidi.DisposeAsync();
        await EndAsync(_process, _profile);
    }

    private static async Task EndAsync(Child process, DirectoryInfo profile)
    {
        await process.DisposeAsync();
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // One of its processes still writes into it: a temporary folder more.
        }
    }

    [GeneratedRegex(@"WebDriver BiDi listening on (?<url>ws://\S+)")]
    private static partial Regex Listening();
}
