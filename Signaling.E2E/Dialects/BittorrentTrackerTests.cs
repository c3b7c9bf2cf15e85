using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Signaling.E2E.Browsers;
using Signaling.E2E.Running;

namespace Signaling.E2E.Dialects;

/// <summary>bittorrent-tracker's own client, in Node.</summary>
public sealed partial class BittorrentTrackerTests(BrowserProcesses browsers, ClientPackages packages) : DialectTest(browsers, packages)
{
    protected override string Original => "webtorrent.mjs";

    protected override (string Here, string There) Paths => ("/announce", "/announce");

    [Fact]
    public async Task Two_clients_are_counted_find_each_other_and_scrape()
    {
        var swarm = RandomNumberGenerator.GetHexString(40, lowercase: true);

        var seeder = Join("seeder", swarm, left: 0);
        await seeder.SaysAsync(CountsItself());
        var leecher = Join("leecher", swarm, left: 10);
        await leecher.SaysAsync(CountsBoth());
        await leecher.SaysAsync(ScrapesBoth());

        await leecher.SaysAsync(Hears());
        await seeder.SaysAsync(Hears());
        Assert.DoesNotContain("warning", $"{seeder.Output} {leecher.Output}", StringComparison.Ordinal);
    }

    private Child Join(string name, string swarm, int left) =>
        Own(Child.Start(name, ClientPackages.Program("node/tracker-client.mjs", Address("ws"), swarm, $"{left}")));

    [GeneratedRegex("^counts 1 seeders, 0 leechers$", RegexOptions.Multiline)]
    private static partial Regex CountsItself();

    [GeneratedRegex("^counts 1 seeders, 1 leechers$", RegexOptions.Multiline)]
    private static partial Regex CountsBoth();

    [GeneratedRegex("^scraped 1 seeders, 1 leechers$", RegexOptions.Multiline)]
    private static partial Regex ScrapesBoth();

    [GeneratedRegex("^heard hello$", RegexOptions.Multiline)]
    private static partial Regex Hears();
}
