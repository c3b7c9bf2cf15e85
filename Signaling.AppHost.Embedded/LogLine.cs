namespace Signaling.AppHost.Embedded;

/// <summary>A line that a resource printed.</summary>
/// <param name="Resource">Who printed it.</param>
/// <param name="Number">Counts from 1 for each resource; a gap means that lines were dropped.</param>
/// <param name="Time">When it was read.</param>
/// <param name="Kind">"out", "err", or "host" for what the AppHost itself has to say.</param>
/// <param name="Text">Without line end and terminal escapes.</param>
internal sealed record LogLine(string Resource, long Number, DateTimeOffset Time, string Kind, string Text);
