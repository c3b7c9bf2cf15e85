using System.Text.Json;

namespace Signaling.E2E.Evidence;

/// <summary>A signaling message as it crossed the wire. Two are the same when their text is, to the last character.</summary>
public sealed record Message(string Text)
{
    public string Kind => Property("type");

    public string From => Property("from");

    private string Property(string name)
    {
        try
        {
            using var json = JsonDocument.Parse(Text);
            return json.RootElement.GetProperty(name).GetString() ?? "";
        }
        catch (Exception notOurs) when (notOurs is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "";
        }
    }
}
