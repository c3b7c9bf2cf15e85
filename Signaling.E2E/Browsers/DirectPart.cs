using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Signaling.E2E.Browsers;

/// <summary>What the demo page has beside the chat: the diagram of the handshake, round trips, files, the camera.</summary>
public sealed partial class DirectPart(IPage page)
{
    private ILocator Lines => page.GetByRole(AriaRole.List, new() { Name = "Round trip and way", Exact = true }).GetByRole(AriaRole.Listitem);

    private ILocator Files => page.GetByRole(AriaRole.List, new() { Name = "Files", Exact = true }).GetByRole(AriaRole.Listitem);

    private ILocator Diagram => page.GetByRole(AriaRole.Listbox, new() { Name = "Messages", Exact = true }).GetByRole(AriaRole.Option);

    private ILocator Camera => page.GetByRole(AriaRole.Button, new() { NameRegex = CameraButton() });

    /// <summary>For <see cref="ConnectionsAsync"/>: notes each connection that a page of this session makes.</summary>
    public static Task NoteConnectionsAsync(IBrowserContext session) => session.AddInitScriptAsync("""
        window.connections = [];
        window.RTCPeerConnection = class extends RTCPeerConnection {
            constructor(...configuration) {
                super(...configuration);
                window.connections.push(this);
            }
        };
        """);

    /// <summary>The states of all connections that the page ever made.</summary>
    public Task<string[]> ConnectionsAsync() => page.EvaluateAsync<string[]>("connections.map(one => one.connectionState)");

    /// <summary>Sees a message of that kind in the diagram.</summary>
    public Task SeesMessageAsync(string kind) => Expect(Diagram.Filter(new() { HasText = kind }).First).ToBeVisibleAsync();

    /// <summary>Picks a message of the diagram by keyboard; gives what the page then tells about it.</summary>
    public async Task<string> ReadsAboutMessageAsync(string kind)
    {
        await Diagram.Filter(new() { HasText = kind }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#sequence-details dt").First).ToBeVisibleAsync();
        return await page.Locator("#sequence-details").InnerTextAsync();
    }

    /// <summary>Sees a round trip in milliseconds, and both ends of the way, for so many others.</summary>
    public Task SeesRoundTripsAsync(int others) => Expect(Lines.Filter(new() { HasTextRegex = MeasuredLine() })).ToHaveCountAsync(others);

    public Task SendFileAsync(string path) => page.GetByLabel(new Regex("^Choose files")).SetInputFilesAsync(path);

    public Task DropFileAsync(string name, string content) => page.Locator("#file-zone").EvaluateAsync("""
        (zone, [name, content]) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([content], name));
            zone.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        }
        """, new[] { name, content });

    public Task PressAsync(string button, string file) => page.GetByRole(AriaRole.Button, new() { Name = $"{button}: {file}", Exact = true }).ClickAsync();

    /// <summary>Waits until the file is said to stand so; gives all that is said of it.</summary>
    public async Task<string> SeesFileAsync(string file, string status, TimeSpan? patience = null)
    {
        var item = Files.Filter(new() { HasText = file });
        await Expect(item.GetByRole(AriaRole.Status)).ToHaveTextAsync(status, new() { Timeout = (float?)patience?.TotalMilliseconds });
        return await item.InnerTextAsync();
    }

    /// <summary>Saves what arrived, as a person would.</summary>
    public async Task<byte[]> SaveAsync(string file)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => PressAsync("Save", file));
        return await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    /// <summary>The longest time that this page's own thread was not free, from now until the returned call.</summary>
    public async Task<Func<Task<double>>> WatchForFreezesAsync()
    {
        await page.EvaluateAsync("""
            () => {
                window.longest = 0;
                let last = performance.now();
                setInterval(() => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; }, 20);
            }
            """);
        return () => page.EvaluateAsync<double>("window.longest");
    }

    public Task<PageMemory> WatchMemoryAsync() => PageMemory.WatchAsync(page);

    public Task AllowCameraAsync() => page.Context.GrantPermissionsAsync(["camera", "microphone"]);

    public Task CannotTurnCameraOnAsync() => Expect(Camera).ToBeDisabledAsync();

    public Task PressCameraAsync() => Camera.ClickAsync();

    public Task IsToldOfCameraAsync(Regex words) => Expect(page.Locator("#camera-status")).ToHaveTextAsync(words);

    /// <summary>Sees moving pictures from so many others.</summary>
    public Task SeesPicturesAsync(int others) => page.WaitForFunctionAsync("""
        count => [...document.querySelectorAll('#camera-stage figure:not(.own):not([hidden]) video')]
            .filter(video => video.videoWidth > 0 && video.currentTime > 0).length === count
        """, others);

    public Task<string> RelayWordsAsync() => page.GetByRole(AriaRole.Status, new() { Name = "Relay", Exact = true }).InnerTextAsync();

    /// <summary>See <see cref="Pictures"/>.</summary>
    public Task PictureAsync(string name) => page.PictureAsync(name);

    [GeneratedRegex("^Turn camera")]
    private static partial Regex CameraButton();

    [GeneratedRegex(@"\d ms[\s\S]*this tab .*host[\s\S]*other tab ")]
    private static partial Regex MeasuredLine();
}
