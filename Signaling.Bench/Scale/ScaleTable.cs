using System.Globalization;
using System.Text;
using Signaling.Bench.Report;

namespace Signaling.Bench.Scale;

/// <summary>The figures, a setup in each line.</summary>
internal static class ScaleTable
{
    public static string Text(Results results)
    {
        var text = new StringBuilder();
        var titles = Conversation.All.Select(one => (one.Name, one.Title)).Concat(Joining.All.Select(one => (one.Name, one.Title))).Append((Storm.Name, Storm.Title)).ToDictionary();
        foreach (var scenario in results.Scenarios)
        {
            var columns = ScaleMetric.Columns.Where(column => results.Servers.Any(setup => results.Values(scenario, setup, column.Metric).Any())).ToArray();
            text.AppendLine(CultureInfo.InvariantCulture, $"{scenario}: {titles[scenario]}");
            text.Append(CultureInfo.InvariantCulture, $"  {"relays",-20}");
            foreach (var (_, title, _) in columns) text.Append(CultureInfo.InvariantCulture, $"  {title}");
            text.AppendLine();
            foreach (var setup in results.Servers.Where(setup => columns.Any(column => results.Values(scenario, setup, column.Metric).Any())))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {setup,-20}");
                foreach (var (metric, title, format) in columns)
                {
                    var value = results.Median(scenario, setup, metric);
                    var shown = double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
                    text.Append("  ").Append(shown.PadLeft(title.Length));
                }

                text.AppendLine();
            }

            text.AppendLine();
        }

        return text.ToString();
    }
}
