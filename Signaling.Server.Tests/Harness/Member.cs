using System.Text.Json;
using Signaling.Server.Sockets;

namespace Signaling.Server.Tests.Harness;

/// <summary>A client of envelope mode, and what it knows after its welcome.</summary>
internal sealed class Member
{
    private Member(Client socket, JsonElement welcome)
    {
        Socket = socket;
        Welcome = welcome;
        Id = welcome.GetProperty("id").GetString()!;
        Secret = welcome.GetProperty("resume").GetString()!;
    }

    public Client Socket { get; }

    public JsonElement Welcome { get; }

    public string Id { get; }

    public string Secret { get; }

    public bool Resumed => Welcome.GetProperty("resumed").GetBoolean();

    public bool Gap => Welcome.TryGetProperty("gap", out var gap) && gap.GetBoolean();

    public string[] Roster => [.. Welcome.GetProperty("peers").EnumerateArray().Select(peer => peer.GetProperty("id").GetString()!)];

    /// <summary>Frames received, the welcome excepted: what <c>got=</c> wants to know.</summary>
    public int Got { get; private set; }

    public static async Task<Member> EnterAsync(Client socket, string path)
    {
        await socket.UpgradeAsync(path, "Sec-WebSocket-Protocol: signaling.v1");
        return await WelcomedAsync(socket);
    }

    public static async Task<Member> WelcomedAsync(Client socket)
    {
        var first = await socket.NextAsync();
        Assert.Equal(Opcode.Text, first.Opcode);
        var welcome = Parse(first.Text);
        Assert.Equal("welcome", welcome.GetProperty("type").GetString());
        return new Member(socket, welcome);
    }

    public Task SayAsync(string json) => Socket.SayAsync(json);

    /// <summary>The text of the next message.</summary>
    public async Task<string> NextAsync()
    {
        var next = await Socket.NextAsync();
        Assert.True(next.Opcode == Opcode.Text, next.Opcode == Opcode.Close ? $"closed: {next.CloseCode} {next.CloseText}" : $"{next}");
        Got++;
        return next.Text;
    }

    public async Task<JsonElement> NextJsonAsync() => Parse(await NextAsync());

    /// <summary>The next message is of this type.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        var text = await NextAsync();
        var json = Parse(text);
        Assert.True(json.TryGetProperty("type", out var its) && its.GetString() == type, text);
        return json;
    }

    public async Task HearsAsync(string json) => Assert.Equal(json, await NextAsync());

    /// <summary>Nothing has come for it: the answer to a question is the next thing that it hears.</summary>
    public async Task HearsNothingAsync()
    {
        await SayAsync("""{"type":"ice"}""");
        await NextAsync("ice");
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
