using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols;

/// <summary>Runs every <c>conversation</c> of PROTOCOL.md against the real server, line by line.</summary>
public sealed partial class DocumentedConversationTests
{
    private readonly Dictionary<string, Client> _clients = [];
    private readonly Dictionary<string, string> _ids = [];
    private readonly Dictionary<string, string> _secrets = [];
    private readonly Dictionary<string, Received> _unread = [];

    public static TheoryData<int, string> Conversations => new(
        Blocks().Matches(File.ReadAllText(Document())).Select((block, i) => (i + 1, block.Groups[1].Value)));

    [Fact]
    public void There_are_some() => Assert.True(Conversations.Count >= 6);

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task A_conversation_of_the_document_happens(int number, string conversation)
    {
        await using var relay = await StartAsync(withTokens: conversation.Contains(" token ", StringComparison.Ordinal));
        foreach (var line in conversation.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                await HappensAsync(relay, line);
            }
            catch (Exception error)
            {
                Assert.Fail($"Conversation {number}, at '{line}': {error.Message}");
            }
        }
    }

    private static Task<TestRelay> StartAsync(bool withTokens) => withTokens
        ? TestRelay.StartAsync(("Limits:MessagesPerSecond", "50"), ("KeepAlive:Interval", "01:00:00"), TokenMaker.Setting)
        : TestRelay.StartAsync(("Limits:MessagesPerSecond", "50"));

    private async Task HappensAsync(TestRelay relay, string line)
    {
        var words = line.Split(' ', 3);
        var (who, rest) = (words[0], words.Length > 2 ? words[2] : "");
        switch (words[1])
        {
            case "joins":
                await JoinAsync(relay, who, rest.Split(' '));
                break;
            case "resumes":
                var (room, got) = (rest.Split(' ')[0], rest.Split(' ')[2]);
                await OpenAsync(relay, who, $"/room/{room}?resume={_secrets[who]}&got={got}", raw: false);
                break;
            case "is":
                var peers = relay.Instruments["signaling.peers"];
                _clients[who].Cut();
                await relay.Instruments.IsAsync("signaling.peers", peers - 1);
                break;
            case "renews":
                await _clients[who].SayAsync($$"""{"type":"token","token":"{{Token(relay, rest)}}"}""");
                break;
            case "minutes":
                // And a moment, until the server has looked.
                relay.Time.Advance(TimeSpan.FromMinutes(int.Parse(who)) + TimeSpan.FromSeconds(0.6));
                break;
            case ">":
                await _clients[who].SayAsync(Filled(rest));
                break;
            case "<":
                Assert.Matches(Pattern(rest), (await NextAsync(who, rest)).Text);
                break;
            case "closed":
                Assert.Equal(int.Parse(rest), (await NextAsync(who, "Close")).CloseCode);
                break;
            default:
                Assert.Fail("what is this?");
                break;
        }
    }

    private Task JoinAsync(TestRelay relay, string who, string[] words)
    {
        var query = words.FirstOrDefault(word => word.StartsWith("?meta=", StringComparison.Ordinal)) is { } meta ? $"?meta={Uri.EscapeDataString(meta[6..])}" : "";
        var token = words.Length > 2 && words[1] == "token" ? $", bearer.{Token(relay, words[2])}" : "";
        return OpenAsync(relay, who, $"/room/{words[0]}{query}", raw: words.Contains("raw"), token);
    }

    private static string Token(TestRelay relay, string claims)
    {
        var all = TokenMaker.Claims(relay, "");
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, object?>>(claims)!) all[name] = value;
        return TokenMaker.Make(all);
    }

    private async Task OpenAsync(TestRelay relay, string who, string path, bool raw, string token = "")
    {
        var client = _clients[who] = await relay.ConnectAsync();
        await client.UpgradeAsync(path, $"Sec-WebSocket-Protocol: {(raw ? "signaling.raw" : "signaling.v1")}{token}");
        if (raw) return;
        var welcome = await client.NextAsync();
        _ids[who] = Id().Match(welcome.Text).Groups[1].Value;
        _secrets[who] = Secret().Match(welcome.Text).Groups[1].Value;
        _unread[who] = welcome;
    }

    // A document need not show every frame: a welcome or a join that it leaves out is passed over.
    private async Task<Received> NextAsync(string who, string wanted)
    {
        if (_unread.Remove(who, out var welcome) && wanted.Contains("\"welcome\"", StringComparison.Ordinal)) return welcome;
        while (true)
        {
            var next = await _clients[who].NextAsync();
            if (next.Opcode == Opcode.Close || !next.Text.StartsWith("{\"type\":\"join\"", StringComparison.Ordinal) || wanted.Contains("\"join\"", StringComparison.Ordinal)) return next;
        }
    }

    private string Pattern(string text) => $"^{Regex.Escape(Filled(text)).Replace("…", ".*", StringComparison.Ordinal)}$";

    private string Filled(string text) => _ids.Aggregate(text, (filled, one) => filled.Replace($"{{{one.Key}}}", one.Value, StringComparison.Ordinal));

    private static string Document([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../PROTOCOL.md");

    [GeneratedRegex("```conversation\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("\"id\":\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("\"resume\":\"([^\"]+)\"")]
    private static partial Regex Secret();
}
