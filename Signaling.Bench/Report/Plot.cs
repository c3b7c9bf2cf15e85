using System.Globalization;
using System.Text;

namespace Signaling.Bench.Report;

/// <summary>CPU per delivery as bars: a group for each scenario, each with a scale of its own, as they are far apart.</summary>
internal static class Plot
{
    private const int Width = 720, Left = 170, Right = 90, Bar = 13, Gap = 16, Top = 60;

    private static readonly (string Server, string Colour)[] Bars =
        [("socket", "#1b7f5c"), ("stream", "#7cc4a8"), ("kestrel", "#c9b458"), ("bun", "#d9822b"), ("ws", "#8a8f98"), ("tls", "#5b6fb5"), ("nginx", "#b55b8f")];

    public static string Svg(Results results)
    {
        var (svg, y) = (new StringBuilder(), Top);
        foreach (var scenario in results.Scenarios)
        {
            (string Server, string Colour, double Value)[] bars =
                [.. Bars.Select(bar => (bar.Server, bar.Colour, results.Median(scenario, bar.Server, Metric.CpuPerDelivery))).Where(bar => !double.IsNaN(bar.Item3))];
            if (bars.Length == 0) continue;
            var scale = (Width - Left - Right) / bars.Max(bar => bar.Value);
            Text(svg, Left - 10, y + bars.Length * Bar / 2 + 4, scenario, "end");
            foreach (var (_, colour, value) in bars)
            {
                svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{Left}" y="{y}" width="{value * scale:0.0}" height="{Bar - 2}" fill="{colour}"/>""");
                Text(svg, Left + value * scale + 5, y + Bar - 4, value.ToString("0.00", CultureInfo.InvariantCulture), "start");
                y += Bar;
            }
            y += Gap;
        }
        Legend(svg);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{y}" viewBox="0 0 {Width} {y}" font-family="sans-serif" font-size="11">
            <rect width="100%" height="100%" fill="white"/>
            {svg}</svg>

            """);
    }

    private static void Legend(StringBuilder svg)
    {
        Text(svg, 10, 20, "CPU of the server for each delivered message, in microseconds (shorter is better)", "start");
        for (var i = 0; i < Bars.Length; i++)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{Left + i * 90}" y="32" width="11" height="11" fill="{Bars[i].Colour}"/>""");
            Text(svg, Left + i * 90 + 16, 42, Bars[i].Server, "start");
        }
    }

    private static void Text(StringBuilder svg, double x, double y, string text, string anchor) =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{x:0.0}" y="{y:0.0}" text-anchor="{anchor}">{text}</text>""");
}
