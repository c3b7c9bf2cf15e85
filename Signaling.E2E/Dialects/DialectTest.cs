using Microsoft.Playwright;
using Signaling.E2E.Browsers;
using Signaling.E2E.Running;

namespace Signaling.E2E.Dialects;

/// <summary>
/// People who use a client library that exists, unmodified, in two browsers. They meet at this relay; with
/// <c>DIALECTS_AGAINST=original</c> at the server that the library came with, to see whether anything is different there.
/// </summary>
public abstract class DialectTest(BrowserProcesses browsers, ClientPackages packages) : IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> _owned = [];
    private readonly List<IBrowserContext> _sessions = [];
    private ClientPages? _pages;
    private IMeetingPlace? _server;

    /// <summary>Whether it is the other server's turn.</summary>
    private static bool AgainstOriginal => Environment.GetEnvironmentVariable("DIALECTS_AGAINST") switch
    {
        null or "" or "relay" => false,
        "original" => true,
        var other => throw new InvalidOperationException($"DIALECTS_AGAINST is '{other}': it must be relay or original."),
    };

    /// <summary>The script of <c>clients/servers</c> that starts the library's own server; null where it has none.</summary>
    protected abstract string? Original { get; }

    /// <summary>Where the dialect is spoken here, and at the original.</summary>
    protected abstract (string Here, string There) Paths { get; }

    /// <summary>A name that no other test uses.</summary>
    protected string Unique { get; } = $"e2e-{Guid.NewGuid():N}"[..12];

    private protected IMeetingPlace Server => _server!;

    /// <summary>The address that a client is given.</summary>
    private protected string Address(string scheme) =>
        new UriBuilder(Server.Url) { Scheme = scheme, Path = AgainstOriginal ? Paths.There : Paths.Here }.Uri.AbsoluteUri.TrimEnd('/');

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(AgainstOriginal && Original is null, "this library has no server of its own");
        await packages.ReadyAsync();
        _pages = Own(await ClientPages.StartAsync());
        _server = Own<IMeetingPlace>(AgainstOriginal ? new OriginalServer(Original!) : new Relay(settings: "--WebTorrent:Interval=00:00:10"));
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var session in _sessions) await session.CloseAsync();
        while (_owned.TryPop(out var resource)) await resource.DisposeAsync();
        if (TestContext.Current.TestState?.Result == TestResult.Failed) TestContext.Current.TestOutputHelper?.WriteLine($"The server said:\n{_server?.Console}");
    }

    /// <summary>Opens a page for somebody; neighbours in order of arrival sit at different browser processes.</summary>
    private protected async Task<ClientPage> OpenAsync(string name)
    {
        var session = await browsers.SessionAsync(_sessions.Count % 2);
        _sessions.Add(session);
        await session.GrantPermissionsAsync(["camera", "microphone"]);
        var page = await session.NewPageAsync();
        await page.GotoAsync(_pages!.Page(name).AbsoluteUri);
        return new ClientPage(page);
    }

    private protected T Own<T>(T resource) where T : IAsyncDisposable
    {
        _owned.Push(resource);
        return resource;
    }
}
