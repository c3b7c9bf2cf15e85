namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>What is measured, and by whom. <paramref name="Kind"/> is "counter" (it only grows), "gauge" (it goes up and down) or "histogram".</summary>
internal sealed record Instrument(string Resource, string Meter, string Name, string Unit, string Description, string Kind);
