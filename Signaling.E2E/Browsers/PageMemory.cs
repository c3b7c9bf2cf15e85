using Microsoft.Playwright;

namespace Signaling.E2E.Browsers;

/// <summary>
/// How much memory a page holds on to: objects, and the bytes of its buffers, after a collection of garbage. What a page
/// takes from the system besides depends on when its browser collects, and says nothing of the page.
/// </summary>
public sealed class PageMemory
{
    private readonly ICDPSession _devTools;
    private readonly long _before;

    private PageMemory(ICDPSession devTools, long before) => (_devTools, _before) = (devTools, before);

    /// <summary>The most bytes that it held at any <see cref="LookAsync"/> beyond those of the beginning.</summary>
    public long Growth { get; private set; }

    /// <summary>Looks from now on.</summary>
    public static async Task<PageMemory> WatchAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        return new PageMemory(devTools, await HeldAsync(devTools));
    }

    /// <summary>Collects, and looks how much it holds now.</summary>
    public async Task LookAsync() => Growth = Math.Max(Growth, await HeldAsync(_devTools) - _before);

    private static async Task<long> HeldAsync(ICDPSession devTools)
    {
        await devTools.SendAsync("HeapProfiler.collectGarbage");
        var usage = (await devTools.SendAsync("Runtime.getHeapUsage"))!.Value;
        return usage.GetProperty("usedSize").GetInt64() + usage.GetProperty("backingStorageSize").GetInt64();
    }
}
