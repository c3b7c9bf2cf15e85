using Microsoft.Playwright;

namespace Signaling.E2E.Browsers;

/// <summary>Pictures of pages, for the documentation and for whoever changes how they look: made where PICTURES names a folder.</summary>
internal static class Pictures
{
    private static readonly (string Name, int Width, int Height)[] Sizes = [("desktop", 1280, 800), ("phone", 390, 844)];

    private static string? Folder => Environment.GetEnvironmentVariable("PICTURES");

    /// <summary>Whether they are wanted.</summary>
    public static bool AreWanted => Folder is not null;

    /// <summary>The page as it is now, at both widths, in light and in dark; ends at desktop width.</summary>
    public static async Task PictureAsync(this IPage page, string name)
    {
        if (Folder is not { } folder) return;
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        foreach (var (size, width, height) in Sizes.Reverse())
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, height);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{size}-{scheme}.png".ToLowerInvariant()), FullPage = true });
        }
    }
}
