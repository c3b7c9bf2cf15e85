using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Playwright;
using Signaling.E2E.AppHost;
using Signaling.E2E.Browsers;
using static Microsoft.Playwright.Assertions;

namespace Signaling.E2E.ScaleOut;

/// <summary><c>dotnet run --project Signaling.AppHost -- --replicas 3</c>: three relays that share nothing but Redis.</summary>
[Collection("AppHost")]
public sealed class TwoTabsAtTwoRelays(BrowserProcesses browsers) : BrowserTest(browsers)
{
    private AppHostRun? _app;
    private Uri? _demo;

    protected override bool IsRaw => false;

    [Fact]
    public async Task They_meet_and_who_loses_his_relay_goes_on_at_another_while_the_channel_stays()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedWithAsync(1);
        await bob.IsConnectedWithAsync(1);
        var first = await RelayOfAsync(alice);
        var second = await RelayOfAsync(bob);
        Assert.NotEqual(first, second);
        var offers = Offers(alice, bob);

        var dashboard = Own(await DashboardPage.OpenAsync(await SessionAsync(), _app!));
        await dashboard.PressAsync($"Stop {first}");
        await Expect(dashboard.Resource(first)).ToContainTextAsync("Stopped");
        await WhenAsync(() => Welcomes(alice).Count == 2);
        var (before, after) = (Welcomes(alice)[0], Welcomes(alice)[1]);
        Assert.True(after.GetProperty("resumed").GetBoolean());
        Assert.Equal(before.GetProperty("id").GetString(), after.GetProperty("id").GetString());
        Assert.NotEqual(first, await RelayOfAsync(alice));
        Assert.Equal(second, await RelayOfAsync(bob));
        Assert.Single(Welcomes(bob));

        await TalkAsync(alice, bob);
        foreach (var tab in (Tab[])[alice, bob]) Assert.Equal(["connected"], await tab.Direct.ConnectionsAsync());
        Assert.Equal(offers, Offers(alice, bob));

        await dashboard.PressAsync($"Start {first}");
        await Expect(dashboard.Resource(first)).ToContainTextAsync("healthy");
        var carol = await OpenAsync("carol");
        await carol.IsConnectedWithAsync(2);
        Assert.Equal(first, await RelayOfAsync(carol));
        await TalkAsync(carol, alice);
        await TalkAsync(carol, bob);
        await dashboard.Page.PictureAsync("dashboard-replicas");

        foreach (var tab in (Tab[])[alice, bob, carol]) await tab.CloseAsync();
        AppHostRun.Signal(PosixSignal.SIGINT, -_app!.Id);
        Assert.Equal(0, await _app.ExitedAsync());
        Assert.Empty(_app.Processes.Ids());
    }

    protected override async Task StartAsync()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "redis-server"))), "needs redis-server: install it for the test in which two browsers meet by two relays");
        _app = Own(await AppHostRun.UpAsync("--replicas", "3"));
        _demo = new Uri((await _app.ResourceAsync("demo")).GetProperty("urls")[0].GetProperty("url").GetString()!);
    }

    protected override Task PrepareAsync(IBrowserContext session) => DirectPart.NoteConnectionsAsync(session);

    protected override Uri PageOf(string room) => new(_demo!, $"/?room={room}");

    protected override IEnumerable<(string Program, string Console)> Consoles() => [("apphost", _app?.Said ?? "")];

    // A browser has its own line for a WebSocket that finds nobody; no page can keep it from being written.
    protected override bool IsExpected(string logged) => logged.Contains("WebSocket connection to", StringComparison.Ordinal);

    private static async Task TalkAsync(Tab one, Tab other)
    {
        var (question, answer) = ($"{one.Name} asks {Guid.NewGuid():N}", $"{other.Name} answers {Guid.NewGuid():N}");
        await one.SayAsync(question);
        await other.HearsAsync(question);
        await other.SayAsync(answer);
        await one.HearsAsync(answer);
    }

    private static List<JsonElement> Welcomes(Tab tab) =>
        [.. tab.Frames.Received.Where(message => message.Kind == "welcome").Select(message => JsonDocument.Parse(message.Text).RootElement)];

    private static int Offers(params Tab[] tabs) => tabs.Sum(tab => tab.Frames.Sent.Count(message => message.Text.Contains("\"type\":\"offer\"", StringComparison.Ordinal)));

    /// <summary>The one relay that holds the connection of this tab, as the relays themselves tell.</summary>
    private async Task<string> RelayOfAsync(Tab tab)
    {
        var id = Welcomes(tab)[^1].GetProperty("id").GetString();
        using var http = new HttpClient();
        List<string> having = [];
        foreach (var relay in (await _app!.ResourcesAsync()).Where(one => one.GetProperty("kind").GetString() == "Project" && one.GetProperty("state").GetString() == "Running"))
        {
            var own = new Uri(relay.GetProperty("urls")[1].GetProperty("url").GetString()!);
            var present = await http.GetFromJsonAsync<JsonElement>(new Uri(own, $"/inspector/rooms/{Room}"), TestContext.Current.CancellationToken);
            if (present.GetProperty("peers").EnumerateArray().Any(peer => peer.GetProperty("id").GetString() == id)) having.Add(relay.GetProperty("name").GetString()!);
        }

        return Assert.Single(having);
    }
}
