using System.Globalization;
using Microsoft.Playwright;

namespace Signaling.E2E.Browsers;

/// <summary>How much memory the processes that run a browser's pages take, as the kernel counts it (Linux; see proc(5)).</summary>
internal sealed class PageMemory
{
    private readonly Dictionary<int, long> _before;

    private PageMemory(Dictionary<int, long> before) => _before = before;

    /// <summary>The most that any of them has grown at any time since <see cref="WatchAsync"/>, in bytes.</summary>
    public long Growth => _before.Max(one => Bytes(one.Key, "VmHWM") - one.Value);

    public static async Task<PageMemory> WatchAsync(IBrowser browser)
    {
        var devTools = await browser.NewBrowserCDPSessionAsync();
        var answer = (await devTools.SendAsync("SystemInfo.getProcessInfo"))!.Value;
        await devTools.DetachAsync();
        var pages = answer.GetProperty("processInfo").EnumerateArray()
            .Where(one => one.GetProperty("type").GetString() == "renderer").Select(one => one.GetProperty("id").GetInt32());
        return new PageMemory(pages.ToDictionary(id => id, Reset));
    }

    /// <summary>Has the kernel count its high-water mark anew.</summary>
    private static long Reset(int id)
    {
        File.WriteAllText($"/proc/{id}/clear_refs", "5");
        return Bytes(id, "VmRSS");
    }

    private static long Bytes(int id, string what)
    {
        var line = File.ReadLines($"/proc/{id}/status").Single(one => one.StartsWith($"{what}:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture);
    }
}
