using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Signaling.E2E.Running;

/// <summary>The demo page from Vite's development server, which forwards its signaling to the relay.</summary>
public sealed partial class DevelopmentPage : IDemoPage
{
    private readonly Child _vite;
    private readonly Uri _url;

    private DevelopmentPage(Child vite, Uri url) => (_vite, _url) = (vite, url);

    public string Console => _vite.Output.ToString();

    public Uri Entrance(string room) => new(_url, $"/?room={room}");

    /// <param name="relay">Where signaling goes.</param>
    /// <param name="host">The address of this machine that the page is at.</param>
    public static async Task<IDemoPage> StartAsync(Uri relay, string host = "localhost")
    {
        var vite = Child.Start("vite", new ProcessStartInfo("node", [Script(), "--host", host])
        {
            WorkingDirectory = Repository.DemoClient,
            Environment =
            {
                ["PORT"] = "0",
                ["services__relay__http__0"] = relay.GetLeftPart(UriPartial.Authority),
                ["NO_COLOR"] = "1",
                // Outside of CI Vite ends when its standard input does: so it goes with the tests even if they are killed.
                ["CI"] = "",
            },
        });
        try
        {
            return new DevelopmentPage(vite, new Uri((await vite.SaysAsync(Local())).Groups["url"].Value));
        }
        catch
        {
            await vite.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _vite.DisposeAsync();

    private static string Script()
    {
        var script = Path.Combine(Repository.DemoClient, "node_modules", "vite", "bin", "vite.js");
        return File.Exists(script) ? script : throw new InvalidOperationException($"Run `npm ci` in {Repository.DemoClient} first; ./test.sh does.");
    }

    [GeneratedRegex(@"(Local|Network):\s+(?<url>http://[^\s/]+)")]
    private static partial Regex Local();
}
