using System.Text.Json;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.WebTorrent;

/// <summary>A client of a WebTorrent tracker, as far as the wire shows it.</summary>
internal sealed class TrackerClient(Client socket, string peerId)
{
    /// <summary>20 characters, as all ids here have.</summary>
    public const string Hash = "hash----------------";

    public Client Socket => socket;

    public string PeerId => peerId;

    /// <summary>An id of 20 characters that begins with a name.</summary>
    public static string Id(string name) => name.PadRight(20, '-');

    public static async Task<TrackerClient> ConnectAsync(TestRelay relay, string name)
    {
        var socket = await relay.ConnectAsync();
        await socket.UpgradeAsync("/announce");
        return new TrackerClient(socket, Id(name));
    }

    public Task SayAsync(string json) => socket.SayAsync(json);

    public async Task HearsAsync(string json) => Assert.Equal(json, (await socket.NextAsync()).Text);

    public async Task<JsonElement> NextAsync() => JsonSerializer.Deserialize<JsonElement>((await socket.NextAsync()).Text);

    /// <summary>Announces, and is told the counts.</summary>
    /// <param name="complete">Seeders that there are then.</param>
    /// <param name="incomplete">Leechers.</param>
    /// <param name="more">Members of the message.</param>
    /// <param name="hash">The swarm.</param>
    public async Task AnnounceAsync(int complete, int incomplete, string more = "", string hash = Hash)
    {
        await SayAsync($$"""{"action":"announce","info_hash":"{{hash}}","peer_id":"{{peerId}}"{{(more.Length > 0 ? "," : "")}}{{more}}}""");
        await HearsAsync($$"""{"complete":{{complete}},"incomplete":{{incomplete}},"action":"announce","interval":30,"info_hash":"{{hash}}"}""");
    }

    /// <summary>Nothing has come for it: the answer to a question is the next thing that it hears.</summary>
    public async Task HearsNothingAsync()
    {
        await SayAsync("""{"action":"scrape"}""");
        await HearsAsync("""{"action":"scrape","files":{},"flags":{"min_request_interval":600}}""");
    }
}
