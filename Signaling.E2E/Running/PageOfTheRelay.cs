namespace Signaling.E2E.Running;

/// <summary>The built demo page as the relay itself serves it, over TLS.</summary>
public sealed class PageOfTheRelay(Uri relay, string console) : IDemoPage
{
    public string Console => console;

    public Uri Entrance(string room) => new(relay, $"/demo/?room={room}&signal=wss://{relay.Authority}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
