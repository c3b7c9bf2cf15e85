using Signaling.E2E.Browsers;
using Signaling.E2E.Evidence;
using Signaling.E2E.Running;
using Signaling.E2E.Telemetry;

namespace Signaling.E2E.Library;

/// <summary>A test of the client library in real browsers, over a real relay.</summary>
public abstract class LibraryTest(BrowserProcesses browsers) : IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> _owned = [];
    private Relay? _relay;
    private LibraryPage? _page;
    private int _people;
    private int _rooms;

    protected Relay Relay => _relay!;

    protected Uri Page => _page!.Url;

    public async ValueTask InitializeAsync()
    {
        try
        {
            var telemetry = Own(await OtlpReceiver.StartAsync(new Changes()));
            _relay = Own(new Relay(telemetry.Url));
            await _relay.StartAsync();
            _page = Own(await LibraryPage.StartAsync());
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_owned.TryPop(out var resource)) await resource.DisposeAsync();
    }

    /// <summary>A room where nobody was before.</summary>
    protected Uri AnotherRoom() => Relay.Socket($"library-{++_rooms}");

    /// <summary>Somebody in Chromium; neighbours in order of arrival sit at different browser processes.</summary>
    protected async Task<ChromiumPerson> OpenAsync(string name) =>
        Own(await ChromiumPerson.OpenAsync(name, await browsers.SessionAsync(_people++ % 2), Page));

    /// <summary>Both come without a mesh, so that neither is the newcomer, and then offer at once; unless one is so slow that it is called before.</summary>
    protected static async Task TheyCollideAsync(Person one, Person other, Uri room)
    {
        await Task.WhenAll(one.EnterAsync(room, withMesh: false), other.EnterAsync(room, withMesh: false));
        await Task.WhenAll(one.AddMeshAsync(), other.AddMeshAsync());
        await Task.WhenAll(one.MeetsAsync(1), other.MeetsAsync(1));
        var soon = DateTimeOffset.UtcNow.AddMilliseconds(60);
        await Task.WhenAll(one.CallAtAsync(soon), other.CallAtAsync(soon));
    }

    protected T Own<T>(T resource) where T : IAsyncDisposable
    {
        _owned.Push(resource);
        return resource;
    }

    /// <summary>Waits until the two are connected, and lets each hear the other by their channel.</summary>
    protected static async Task TheyTalkAsync(Person one, Person other)
    {
        await Task.WhenAll(one.SeesAsync(1, "connected"), other.SeesAsync(1, "connected"));
        await one.SayAsync($"hello from {one.Name}");
        await other.SayAsync($"hello from {other.Name}");
        await Task.WhenAll(one.HearsAsync($"hello from {other.Name}"), other.HearsAsync($"hello from {one.Name}"));
    }
}
