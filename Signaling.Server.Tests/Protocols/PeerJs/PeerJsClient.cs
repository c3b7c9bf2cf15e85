using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.PeerJs;

/// <summary>A client of PeerJS, as far as the wire shows it.</summary>
internal sealed class PeerJsClient(Client socket)
{
    public Client Socket => socket;

    public static string Path(string id, string token = "t", string key = "peerjs") => $"/peerjs/peerjs?key={key}&id={id}&token={token}&version=1.5.5";

    /// <summary>Connects, and looks at no answer.</summary>
    public static async Task<PeerJsClient> KnockAsync(TestRelay relay, string path)
    {
        var socket = await relay.ConnectAsync();
        await socket.UpgradeAsync(path);
        return new PeerJsClient(socket);
    }

    public static async Task<PeerJsClient> OpenAsync(TestRelay relay, string id, string token = "t")
    {
        var client = await KnockAsync(relay, Path(id, token));
        await client.HearsAsync("""{"type":"OPEN"}""");
        return client;
    }

    public Task SayAsync(string json) => socket.SayAsync(json);

    public async Task HearsAsync(string json) => Assert.Equal(json, (await socket.NextAsync()).Text);

    /// <summary>Is told no in these words, and then closed without any.</summary>
    public async Task IsRefusedAsync(string json)
    {
        await HearsAsync(json);
        Assert.Empty((await socket.CloseAsync()).Payload);
    }

    /// <summary>Nothing has come for it: what it says to itself is the next thing that it hears.</summary>
    public async Task HearsNothingAsync(string id)
    {
        await SayAsync($$"""{"type":"ANSWER","dst":"{{id}}"}""");
        await HearsAsync($$"""{"type":"ANSWER","src":"{{id}}","dst":"{{id}}"}""");
    }
}
