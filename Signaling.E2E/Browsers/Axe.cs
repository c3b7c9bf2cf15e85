using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Signaling.E2E.Browsers;

/// <summary>What a page is for people who use it by ear, by keyboard, or with weak eyes.</summary>
internal static class Axe
{
    /// <summary>axe finds nothing serious on the page as it is now, in light and in dark.</summary>
    public static async Task FindsNothingSeriousAsync(this IPage page)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var found = (await page.RunAxe()).Violations.Where(one => one.Impact is "serious" or "critical");
            Assert.Empty(found.Select(one => $"{scheme}: {one.Id}: {one.Help}: {string.Join(" ", one.Nodes.Select(node => node.Html))}"));
        }
    }
}
