using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Relay;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Inspector;

public sealed class InspectorTests
{
    private const string Offer = """{"type":"offer","sdp":"v=0\r\no=- 46117 2 IN IP4 192.0.2.7\r\n"}""";
    private const string Answer = """{"sdp":{"type":"answer","sdp":"v=0\r\n"}}""";
    private const string Candidate = """{"candidate":{"candidate":"candidate:1 1 udp 2113937151 192.0.2.7 53211 typ host","sdpMid":"0"}}""";

    private static Task<TestRelay> StartAsync(params (string, string)[] settings) =>
        TestRelay.StartAsync([("environment", "Development"), .. settings]);

    [Fact]
    public async Task A_handshake_in_envelope_mode_is_seen_in_order_from_join_to_leave()
    {
        await using var relay = await StartAsync();
        using var eve = await Onlooker.OfRoomAsync(relay.Http, "demo");
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        (string, string)[] both = [(alice.Id, "alice"), (bob.Id, "bob")];

        await bob.SayAsync($$"""{"to":"{{alice.Id}}","data":{{Offer}}}""");
        await alice.NextAsync("join");
        await alice.NextAsync();
        await alice.SayAsync($$"""{"to":"{{bob.Id}}","data":{{Answer}}}""");
        await bob.NextAsync();
        await bob.SayAsync($$"""{"data":{{Candidate}}}""");
        await alice.NextAsync();
        await bob.SayAsync("""{"to":"nobody","data":1}""");
        await bob.NextAsync("error");
        await bob.SayAsync("""{"type":"bye"}""");

        Assert.Equal("join alice", await eve.NextLineAsync(both));
        Assert.Equal("join bob", await eve.NextLineAsync(both));
        Assert.Equal("offer bob>alice delivered", await eve.NextLineAsync(both));
        Assert.Equal("answer alice>bob delivered", await eve.NextLineAsync(both));
        Assert.Equal("candidate bob>alice delivered", await eve.NextLineAsync(both));
        Assert.Equal("direct bob refused peer-unavailable", await eve.NextLineAsync(both));
        Assert.Equal("leave bob closed", await eve.NextLineAsync(both));
    }

    [Fact]
    public async Task Kinds_of_raw_mode_are_guessed_and_what_is_no_signaling_is_data()
    {
        await using var relay = await StartAsync();
        using var eve = await Onlooker.OfRoomAsync(relay.Http, "demo");
        var alice = await relay.JoinAsync("demo");
        await relay.JoinAsync("demo");
        foreach (var said in new[] { Offer, Candidate, "hello" }) await alice.SayAsync(said);
        await alice.SayCloseAsync();

        Assert.Equal("join", (await eve.NextAsync("event")).GetProperty("kind").GetString());
        Assert.Equal("join", (await eve.NextAsync("event")).GetProperty("kind").GetString());
        Assert.Equal("offer", (await eve.NextAsync("event")).GetProperty("kind").GetString());
        var candidate = await eve.NextAsync("event");
        Assert.Equal("candidate", candidate.GetProperty("kind").GetString());
        Assert.Equal("host", candidate.GetProperty("details").GetProperty("candidate").GetString());
        Assert.Equal("data", (await eve.NextAsync("event")).GetProperty("kind").GetString());
        var leave = await eve.NextAsync("event");
        Assert.Equal(("leave", "closed"), (leave.GetProperty("kind").GetString(), leave.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public async Task Addresses_leave_the_server_only_where_payloads_may_be_shown(string setting, bool shown)
    {
        await using var relay = await StartAsync(("Inspector:ShowPayloads", setting));
        using var eve = await Onlooker.OfRoomAsync(relay.Http, "demo");
        var alice = await relay.JoinAsync("demo");
        await alice.SayAsync(Candidate);
        await eve.NextAsync("event");
        Assert.Equal(shown, (await eve.NextAsync("event")).GetRawText().Contains("192.0.2.7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_viewer_who_comes_back_gets_what_it_missed_and_nothing_twice()
    {
        await using var relay = await StartAsync();
        string seen;
        using (var eve = await Onlooker.OfRoomAsync(relay.Http, "demo"))
        {
            await relay.JoinAsync("demo");
            await eve.NextAsync("event");
            seen = eve.LastEventId!;
        }
        var bob = await relay.EnterAsync("demo");
        using var back = await Onlooker.OfRoomAsync(relay.Http, "demo", seen);
        Assert.Equal("join bob", await back.NextLineAsync((bob.Id, "bob")));
        Assert.Equal(2, (await back.NextAsync("present")).GetProperty("peers").GetArrayLength());
    }

    [Fact]
    public async Task A_viewer_with_a_number_of_another_watch_is_told_of_the_gap()
    {
        await using var relay = await StartAsync();
        using var eve = await Onlooker.OfRoomAsync(relay.Http, "demo", "elsewhere:7");
        Assert.Equal("gap", (await eve.NextAsync()).Name);
        Assert.Equal("present", (await eve.NextAsync()).Name);
    }

    [Fact]
    public async Task An_offer_that_nobody_answers_is_hinted_at_after_five_seconds_and_to_who_comes_later_too()
    {
        await using var relay = await StartAsync();
        using var eve = await Onlooker.OfRoomAsync(relay.Http, "demo");
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.SayAsync($$"""{"to":"{{bob.Id}}","data":{{Offer}}}""");
        await eve.NextAsync("pair");
        for (var second = 0; second < 5; second++) relay.Time.Advance(TimeSpan.FromSeconds(1));

        var hint = await eve.NextAsync("hint");
        Assert.Equal("offer-unanswered", hint.GetProperty("code").GetString());
        Assert.Equal([alice.Id, bob.Id], hint.GetProperty("peers").EnumerateArray().Select(peer => peer.GetString()));
        using var late = await Onlooker.WatchAsync(relay.Http, "/inspector/rooms/demo");
        Assert.Equal(hint.GetRawText(), (await late.NextAsync("hint")).GetRawText());

        await bob.SayAsync($$"""{"to":"{{alice.Id}}","data":{{Answer}}}""");
        Assert.True((await eve.NextAsync("hint")).GetProperty("over").GetBoolean());
    }

    [Fact]
    public async Task Many_talk_join_and_leave_while_viewers_come_and_go_and_everybody_goes_on()
    {
        await using var relay = await StartAsync();
        using var eve = await Onlooker.OfRoomAsync(relay.Http, "demo");
        var viewers = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++) (await Onlooker.OfRoomAsync(relay.Http, "demo")).Dispose();
        });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 5; round++)
            {
                var one = await relay.EnterAsync("demo");
                for (var i = 0; i < 10; i++) await one.SayAsync("""{"data":{"type":"offer"}}""");
                await one.SayAsync("""{"type":"bye"}""");
                await one.Socket.CloseAsync();
                // In all less than the two seconds after which one that has not answered its Close is cut off.
                relay.Time.Advance(TimeSpan.FromMilliseconds(50));
            }
        })));
        await viewers;

        // 6 peers, 5 times: each join, 10 offers, leave; numbered without a gap, pairs and hints between them.
        long last = 0;
        for (var lines = 0; lines < 6 * 5 * 12;)
        {
            var (name, data) = await eve.NextAsync();
            if (name is "" or "present") continue;
            Assert.Equal(++last, long.Parse(eve.LastEventId!.Split(':')[1]));
            if (name == "event") lines++;
        }
    }

    [Fact]
    public async Task The_tap_is_open_only_while_somebody_watches_and_a_little_longer()
    {
        await using var relay = await StartAsync();
        var telemetry = relay.Services.GetRequiredService<RelayTelemetry>();
        Assert.Null(telemetry.Tap);
        using (await Onlooker.OfRoomAsync(relay.Http, "demo")) Assert.NotNull(telemetry.Tap);

        relay.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.NotNull(telemetry.Tap);
        await relay.UntilAsync(() =>
        {
            relay.Time.Advance(TimeSpan.FromSeconds(31));
            return telemetry.Tap is null;
        });
    }

    [Fact]
    public async Task The_rooms_are_listed_and_their_changes_told()
    {
        await using var relay = await StartAsync();
        using var eve = await Onlooker.WatchAsync(relay.Http, "/inspector/rooms");
        Assert.Equal(0, (await eve.NextAsync("rooms")).GetProperty("total").GetInt32());

        await relay.JoinAsync("demo");
        relay.Time.Advance(TimeSpan.FromSeconds(1));
        var room = Assert.Single((await eve.NextAsync("rooms")).GetProperty("rooms").EnumerateArray());
        Assert.Equal(("demo", 1), (room.GetProperty("name").GetString(), room.GetProperty("peers").GetInt32()));

        using var snapshot = JsonDocument.Parse(await relay.Http.GetStringAsync("/inspector/rooms?find=DEM"));
        Assert.Equal(1, snapshot.RootElement.GetProperty("rooms").GetArrayLength());
        Assert.Contains("\"rooms\":[]", await relay.Http.GetStringAsync("/inspector/rooms?find=other"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lobby_can_be_watched()
    {
        await using var relay = await StartAsync();
        using var eve = await Onlooker.OfRoomAsync(relay.Http, "*");
        await relay.JoinAsync();
        Assert.Equal("join", (await eve.NextAsync("event")).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_silent_line_beats()
    {
        await using var relay = await StartAsync();
        using var eve = await Onlooker.OfRoomAsync(relay.Http, "demo");
        relay.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("", (await eve.NextAsync()).Name);
    }

    [Fact]
    public async Task The_server_stops_while_somebody_watches()
    {
        await using var relay = await StartAsync();
        using var eve = await Onlooker.OfRoomAsync(relay.Http, "demo");
        await relay.StopAsync();
    }

    [Theory]
    [InlineData("/inspector")]
    [InlineData("/inspector/inspector.js")]
    [InlineData("/inspector/rooms")]
    [InlineData("/inspector/rooms/demo")]
    public async Task In_Production_there_is_no_inspector(string path)
    {
        await using var relay = await TestRelay.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await relay.Http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("/inspector", "text/html")]
    [InlineData("/inspector/inspector.css", "text/css")]
    [InlineData("/inspector/inspector.js", "text/javascript")]
    [InlineData("/inspector/sequence.js", "text/javascript")]
    public async Task The_page_runs_its_own_scripts_and_no_others(string path, string type)
    {
        await using var relay = await StartAsync();
        var answer = (await relay.Http.GetAsync(path, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("script-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (type == "text/html") Assert.DoesNotMatch(@"<script(?![^>]*src=)|<style|\son[a-z]+=|\sstyle=", text);
    }
}
