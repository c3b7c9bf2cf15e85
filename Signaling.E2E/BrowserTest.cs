using Microsoft.Playwright;
using Signaling.E2E.Browsers;
using Signaling.E2E.Evidence;
using Signaling.E2E.Running;

namespace Signaling.E2E;

/// <summary>
/// A test with people in browsers. What it started is stopped at its end; when it failed, traces, pictures
/// and the consoles of all programs stay in <c>TestResults/e2e</c>. An error in a browser's console is a failure.
/// </summary>
public abstract class BrowserTest(BrowserProcesses browsers) : IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> _owned = [];
    private readonly List<Tab> _tabs = [];

    /// <summary>A room that no other test is in.</summary>
    protected string Room { get; } = $"room-{Guid.NewGuid():N}"[..13];

    protected Changes Changes { get; } = new();

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartAsync();
        }
        catch
        {
            await EndAsync(failed: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        string[] errors = [.. _tabs.SelectMany(tab => tab.Errors).Where(error => !IsExpected(error))];
        await EndAsync(failed: errors.Length > 0 || TestContext.Current.TestState?.Result == TestResult.Failed);
        Assert.True(errors.Length == 0, $"Errors in a browser's console:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");
    }

    /// <summary>Starts what the browsers are to meet.</summary>
    protected abstract Task StartAsync();

    /// <summary>The address that a person opens to enter a room.</summary>
    protected abstract Uri PageOf(string room);

    /// <summary>What is spoken with the relay: raw mode, where a witness hears everything and the page takes two.</summary>
    protected virtual bool IsRaw => true;

    /// <summary>The browsers accept a certificate that nobody has vouched for.</summary>
    protected virtual bool TakesAnyCertificate => false;

    /// <summary>What the programs of this test have said, by name.</summary>
    protected abstract IEnumerable<(string Program, string Console)> Consoles();

    /// <summary>An error that this test brings about on purpose.</summary>
    protected virtual bool IsExpected(string logged) => false;

    /// <summary>Makes a browser session ready before a page is opened in it.</summary>
    protected virtual Task PrepareAsync(IBrowserContext session) => Task.CompletedTask;

    /// <summary>Opens the page for somebody; neighbours in order of arrival sit at different browser processes.</summary>
    protected async Task<Tab> OpenAsync(string name, string? room = null)
    {
        var tab = await ComeAsync(name, PageOf(room ?? Room), room: room);
        await tab.ReachesTheRelayAsync();
        return tab;
    }

    /// <summary>Opens a page for somebody, whatever comes of it; a script may change the browser before.</summary>
    protected async Task<Tab> ComeAsync(string name, Uri page, string? script = null, string? room = null)
    {
        var session = await browsers.SessionAsync(_tabs.Count % 2, TakesAnyCertificate);
        await PrepareAsync(session);
        if (script is not null) await session.AddInitScriptAsync(script);
        return await ComeAsync(name, page, session, room);
    }

    /// <summary>Opens a page for somebody with a browser session of his own.</summary>
    protected async Task<Tab> ComeAsync(string name, Uri page, IBrowserContext session, string? room = null)
    {
        var tab = await Tab.CreateAsync(name, session, room ?? Room, Changes);
        _tabs.Add(tab);
        await tab.OpenAsync(IsRaw ? new Uri($"{page}&mode=raw") : page);
        return tab;
    }

    /// <summary>A browser that slows hidden tabs down, as it does with people.</summary>
    protected async Task<IBrowserContext> OrdinaryWindowAsync() => Own(await browsers.OrdinaryAsync()).Window;

    /// <summary>An empty browser session for another page than the demo.</summary>
    protected Task<IBrowserContext> SessionAsync() => browsers.SessionAsync(0);

    /// <summary>Waits until what browsers, witness and relay have shown is enough.</summary>
    protected async Task WhenAsync(Func<bool> isSo) =>
        Assert.True(await Changes.UntilAsync(() => Task.FromResult(isSo()), TimeSpan.FromSeconds(20)), "It did not come to that in 20 s.");

    protected T Own<T>(T resource) where T : IAsyncDisposable
    {
        _owned.Push(resource);
        return resource;
    }

    private async Task EndAsync(bool failed)
    {
        var evidence = failed ? EvidenceFolder.Create() : null;
        try
        {
            foreach (var tab in _tabs) await tab.EndAsync(evidence);
        }
        finally
        {
            while (_owned.TryPop(out var resource)) await resource.DisposeAsync();
        }
        if (evidence is not null) EvidenceFolder.Keep(evidence, Consoles());
    }
}
