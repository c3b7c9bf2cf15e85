using System.Text.Json;

namespace Signaling.Server.Tests.Inspector;

/// <summary>Somebody who watches a room by server-sent events.</summary>
internal sealed class Onlooker(HttpResponseMessage answer, StreamReader lines) : IDisposable
{
    // Only so that a broken server fails a test instead of hanging it.
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    public string? LastEventId { get; private set; }

    public static async Task<Onlooker> WatchAsync(HttpClient http, string path, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/event-stream" } } };
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        return new Onlooker(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>Watches a room, and sees who is in it.</summary>
    public static async Task<Onlooker> OfRoomAsync(HttpClient http, string room, string? lastEventId = null)
    {
        var onlooker = await WatchAsync(http, $"/inspector/rooms/{room}", lastEventId);
        if (lastEventId is null) await onlooker.NextAsync("present");
        return onlooker;
    }

    /// <summary>The next block: an event, or a comment, whose name is empty.</summary>
    public async Task<(string Name, JsonElement Data)> NextAsync()
    {
        var name = "";
        var data = "null";
        while (await LineAsync() is { Length: > 0 } line)
        {
            var parts = line.Split(": ", 2);
            if (parts[0] == "event") name = parts[1];
            if (parts[0] == "data") data = parts[1];
            if (parts[0] == "id") LastEventId = parts[1];
        }
        using var document = JsonDocument.Parse(data);
        return (name, document.RootElement.Clone());
    }

    /// <summary>The next event of a name; others are passed over.</summary>
    public async Task<JsonElement> NextAsync(string wanted)
    {
        while (true)
        {
            var (name, data) = await NextAsync();
            if (name == wanted) return data;
        }
    }

    /// <summary>The next line of the diagram, in short: <c>offer a>b delivered</c>.</summary>
    public async Task<string> NextLineAsync(params (string Id, string Name)[] peers)
    {
        var line = await NextAsync("event");
        return $"{line.GetProperty("kind").GetString()} {Name("from")}{(Name("to") is { } to ? $">{to}" : "")}{Text("state")}{Text("reason")}";

        string? Name(string key) => line.TryGetProperty(key, out var id) ? peers.FirstOrDefault(one => one.Id == id.GetString()).Name ?? "?" : null;
        string Text(string key) => line.TryGetProperty(key, out var text) ? $" {text.GetString()}" : "";
    }

    /// <summary>The server ends the answer.</summary>
    public async Task EndsAsync()
    {
        while (await LineAsync() is not null)
        {
        }
    }

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
    }

    private async Task<string?> LineAsync() =>
        await lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Watchdog, TestContext.Current.CancellationToken);
}
