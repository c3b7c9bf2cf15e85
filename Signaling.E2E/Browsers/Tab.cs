using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signaling.E2E.Evidence;
using static Microsoft.Playwright.Assertions;

namespace Signaling.E2E.Browsers;

/// <summary>Somebody with the demo page open, seen and used as a person would: by roles, names and words.</summary>
public sealed partial class Tab
{
    private readonly IBrowserContext _session;
    private readonly IPage _page;
    private readonly List<string> _errors = [];

    private Tab(string name, IBrowserContext session, IPage page, string room, Changes changes)
    {
        (Name, _session, _page) = (name, session, page);
        Direct = new DirectPart(page);
        Frames = new FrameRecorder(page, room, changes);
        page.Console += (_, said) => { if (said.Type == "error") NoteError($"{said.Text} ({said.Location})"); };
        page.PageError += (_, error) => NoteError(error);
    }

    public string Name { get; }

    public FrameRecorder Frames { get; }

    /// <summary>What the page has beside the chat.</summary>
    public DirectPart Direct { get; }

    /// <summary>What the page logged as an error, or threw.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors) return [.. _errors];
        }
    }

    private ILocator Relay => _page.GetByRole(AriaRole.Status, new() { Name = "Relay", Exact = true });

    private ILocator Peer => _page.GetByRole(AriaRole.Status, new() { Name = "Peer", Exact = true });

    private ILocator Message => _page.GetByRole(AriaRole.Textbox, new() { Name = "Message", Exact = true });

    private ILocator Send => _page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true });

    private ILocator Chat => _page.GetByRole(AriaRole.Log, new() { Name = "Chat", Exact = true });

    private ILocator Room => _page.GetByRole(AriaRole.List, new() { Name = "In this room", Exact = true });

    private ILocator Table => _page.GetByRole(AriaRole.Table, new() { Name = "Signaling messages", Exact = true });

    public static async Task<Tab> CreateAsync(string name, IBrowserContext session, string room, Changes changes)
    {
        await session.Tracing.StartAsync(new() { Snapshots = true });
        return new Tab(name, session, await session.NewPageAsync(), room, changes);
    }

    public async Task OpenAsync(Uri address)
    {
        await _page.GotoAsync(address.AbsoluteUri, new() { WaitUntil = WaitUntilState.Commit });
        Handshake = ObserveHandshakeAsync();
    }

    /// <summary>From the beginning of the page's load to the open channel, by the page's own clock.</summary>
    public Task<TimeSpan> Handshake { get; private set; } = Task.FromResult(TimeSpan.Zero);

    public Task ReachesTheRelayAsync() => Expect(Relay).ToHaveTextAsync(Connected());

    /// <summary>Is told so much, among other things, of how it stands with the relay.</summary>
    public async Task IsToldOfTheRelayAsync(params string[] words)
    {
        foreach (var one in words) await Expect(_page.Locator(".relay-state")).ToContainTextAsync(one);
    }

    public Task MissesTheRelayAsync() => Expect(Relay).ToHaveTextAsync(NotReachable());

    /// <summary>Sees the other side as <c>connected</c>, <c>peer left</c>, <c>room is full</c> and so on.</summary>
    public Task SeesAsync(string peer, TimeSpan? patience = null) => Expect(Peer).ToHaveTextAsync(peer, new() { Timeout = (float?)patience?.TotalMilliseconds });

    public async Task IsConnectedAsync()
    {
        await SeesAsync("connected");
        await Expect(Send).ToBeEnabledAsync();
    }

    /// <summary>Has open channels to so many others.</summary>
    public async Task IsConnectedWithAsync(int others)
    {
        await IsConnectedAsync();
        await Expect(Room.GetByRole(AriaRole.Listitem).Filter(new() { HasTextRegex = ConnectedWith() })).ToHaveCountAsync(others);
    }

    /// <summary>What the page has named itself.</summary>
    public Task<string> OwnNameAsync() => Room.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "this tab" }).Locator("strong").InnerTextAsync();

    public Task CannotSayAnythingAsync() => Expect(Send).ToBeDisabledAsync();

    public async Task SayAsync(string line)
    {
        await Message.FillAsync(line);
        await Send.ClickAsync();
        await HearsAsync(line); // one's own words are in the log, too
    }

    public Task HearsAsync(string line) => Expect(Chat).ToContainTextAsync(line);

    public Task HeardNothingOfAsync(string line) => Expect(Chat).Not.ToContainTextAsync(line);

    /// <summary>Is told so about the other side, beside its state.</summary>
    public Task IsToldOfThePeerAsync(string words) => Expect(_page.Locator(".peer-state")).ToContainTextAsync(words);

    /// <summary>Sees a notice with these words.</summary>
    public Task IsToldAsync(string words) => Expect(_page.Locator(".notice:visible")).ToContainTextAsync(words);

    /// <summary>Presses the button for the link; since nothing may be copied, reads the link itself.</summary>
    public async Task CopiesTheLinkByHandAsync()
    {
        await _page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Expect(_page.Locator("#copied")).ToContainTextAsync(_page.Url);
    }

    /// <summary>Sees the link to this very room as a QR code.</summary>
    public Task SeesQrCodeAsync() => Expect(_page.GetByRole(AriaRole.Img, new() { Name = $"QR code of {_page.Url}", Exact = true })).ToBeVisibleAsync();

    public Task SeesNoQrCodeAsync() => Expect(_page.Locator("#qr-code")).ToBeHiddenAsync();

    /// <summary>The page's own table: how many of each kind it says that it sent and received.</summary>
    public Task<Dictionary<string, int[]>> CountsAsync() => Table.EvaluateAsync<Dictionary<string, int[]>>("""
        table => Object.fromEntries([...table.rows]
            .filter(row => row.querySelector('td'))
            .map(row => [row.querySelector('th').textContent.trim(), [...row.querySelectorAll('td')].map(cell => Number(cell.textContent))]))
        """);

    /// <summary>Goes to a page that is not the demo.</summary>
    public Task VisitAsync(Uri address) => _page.GotoAsync(address.AbsoluteUri);

    /// <summary>axe finds nothing serious on the page as it is now, in light and in dark.</summary>
    public Task IsAccessibleAsync() => _page.FindsNothingSeriousAsync();

    public async Task ReloadAsync()
    {
        await _page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
        await ReachesTheRelayAsync();
    }

    /// <summary>Brings another, empty tab to the front of this window: the page is hidden from now on, and knows it.</summary>
    public async Task HideAsync()
    {
        var other = await _session.NewPageAsync();
        await other.BringToFrontAsync();
        // Not by animation frames: a hidden page has none.
        await _page.WaitForFunctionAsync("document.visibilityState === 'hidden'", null, new() { PollingInterval = 100 });
        await _page.EvaluateAsync("""
            () => {
                window.hiddenSince = performance.now();
                window.ticks = 0;
                setInterval(() => window.ticks++, 100);
            }
            """);
    }

    /// <summary>Waits until the page has been hidden so long, by its own clock; tells how often a timer of 100 ms has fired a second.</summary>
    public async Task<double> IsHiddenForAsync(TimeSpan time)
    {
        await _page.WaitForFunctionAsync("ms => performance.now() - window.hiddenSince >= ms", time.TotalMilliseconds,
            new() { PollingInterval = 1000, Timeout = (float)time.TotalMilliseconds + 30_000 });
        Assert.Equal("hidden", await _page.EvaluateAsync<string>("document.visibilityState"));
        return await _page.EvaluateAsync<double>("1000 * window.ticks / (performance.now() - window.hiddenSince)");
    }

    public Task CloseAsync() => _page.CloseAsync(new() { RunBeforeUnload = false });

    /// <summary>Ends the session; leaves a trace and a picture of it in a folder, if one is given.</summary>
    public async Task EndAsync(string? evidence)
    {
        if (evidence is not null)
        {
            if (!_page.IsClosed) await _page.ScreenshotAsync(new() { Path = Path.Combine(evidence, $"{Name}.png"), FullPage = true });
            await _session.Tracing.StopAsync(new() { Path = Path.Combine(evidence, $"{Name}.zip") });
        }
        await _session.CloseAsync();
    }

    private async Task<TimeSpan> ObserveHandshakeAsync() => TimeSpan.FromMilliseconds(await Peer.EvaluateAsync<double>("""
        peer => new Promise(connected => {
            const look = () => peer.textContent.trim() === 'connected' && connected(performance.now());
            new MutationObserver(look).observe(peer, { childList: true, characterData: true, subtree: true });
            look();
        })
        """));

    private void NoteError(string error)
    {
        lock (_errors) _errors.Add($"{Name}: {error}");
    }

    [GeneratedRegex("^connected")]
    private static partial Regex Connected();

    [GeneratedRegex(" connected$")]
    private static partial Regex ConnectedWith();

    [GeneratedRegex("^not reachable")]
    private static partial Regex NotReachable();
}
