using System.Globalization;
using System.Text;
using Signaling.Bench.Report;

namespace Signaling.Bench.Scale;

/// <summary>What the measured costs come to for more connections than one machine can try: the assumptions are <see cref="Population"/>'s, placement is simulated.</summary>
internal sealed class Model(Results results)
{
    private const string Home = "3, rooms at home", Apart = "3, rooms apart";

    public string Text
    {
        get
        {
            var text = new StringBuilder();
            text.AppendLine(CultureInfo.InvariantCulture, $"The model: Redis takes {RedisPerHearing:0.0} µs for each relay that hears a publish; {Population.PerRelay:n0} connections at a relay, one relay to spare");
            text.AppendLine("  connections  relays  rooms          split rooms  messages/s  joins/s  heard/s      relays: CPUs  Redis: CPUs  topics/relay");
            foreach (var connections in (int[])[10_000, 100_000, 1_000_000])
            {
                var relays = Math.Max(2, (int)Math.Ceiling((double)connections / Population.PerRelay)) + 1;
                Line(text, connections, relays, "apart", Simulation.Apart(connections, relays), Apart);
                Line(text, connections, relays, "at home", Simulation.AtHome(connections, relays), Home);
                Line(text, connections, relays, "on the move", Simulation.Moving(connections, relays), Home);
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"  A relay with {Population.PerRelay:n0} goes: all that come back take {Population.PerRelay * Of(Storm.Name, Storm.Setup, ScaleMetric.ResumeCpu) / 1e6:n0} s of CPU, shared by the others, and {Population.PerRelay * Of(Storm.Name, Storm.Setup, ScaleMetric.ResumeRedisCpu) / 1e6:n1} s of Redis.");
            return text.ToString();
        }
    }

    /// <summary>The two of a pair apart are heard by two relays each time: one hearing is half of that.</summary>
    private double RedisPerHearing => Of("pairs", Apart, ScaleMetric.RedisCpuPerMessage) / 2;

    private void Line(StringBuilder text, int connections, int relays, string rooms, Simulation simulated, string setup)
    {
        var relayCpus = (simulated.Messages * Of("pairs", setup, Metric.CpuPerDelivery) + simulated.Joins * Of("join-pairs", setup, ScaleMetric.JoinCpu)) / 1e6;
        var redisCpus = (simulated.Heard * RedisPerHearing + simulated.Joins * Of("join-pairs", setup, ScaleMetric.JoinRedisCpu)) / 1e6;
        text.AppendLine(CultureInfo.InvariantCulture, $"  {connections,11:n0}  {relays,6}  {rooms,-13}  {simulated.Split,11:p1}  {simulated.Messages,10:n0}  {simulated.Joins,7:n0}  {simulated.Heard,11:n0}  {relayCpus,12:0.00}  {redisCpus,11:0.00}  {simulated.Topics,12:n0}");
    }

    private double Of(string scenario, string setup, string metric) => results.Median(scenario, setup, metric);
}
