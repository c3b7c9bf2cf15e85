using System.Text.Json;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>The keys of one object, compared after unescaping: <c>"\u0064ata"</c> is <c>data</c>.</summary>
internal struct SeenKeys
{
    private TopLevelKey _seen;
    private HashSet<string>? _others;

    public readonly bool Has(TopLevelKey key) => (_seen & key) != 0;

    /// <summary>Notes the key at which a reader stands; false when it was there before.</summary>
    /// <exception cref="InvalidOperationException">The key has an unpaired surrogate.</exception>
    public bool Add(ref Utf8JsonReader reader, out TopLevelKey key)
    {
        key = reader.ValueIsEscaped ? Named(reader.GetString()!) : Plain(ref reader);
        if (key == TopLevelKey.Other) return (_others ??= new(StringComparer.Ordinal)).Add(reader.GetString()!);
        if (Has(key)) return false;
        _seen |= key;
        return true;
    }

    private static TopLevelKey Plain(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("data"u8) ? TopLevelKey.Data
        : reader.ValueTextEquals("to"u8) ? TopLevelKey.To
        : reader.ValueTextEquals("ref"u8) ? TopLevelKey.Ref
        : reader.ValueTextEquals("type"u8) ? TopLevelKey.Type
        : reader.ValueTextEquals("meta"u8) ? TopLevelKey.Meta
        : reader.ValueTextEquals("token"u8) ? TopLevelKey.Token
        : TopLevelKey.Other;

    private static TopLevelKey Named(string key) => key switch
    {
        "data" => TopLevelKey.Data,
        "to" => TopLevelKey.To,
        "ref" => TopLevelKey.Ref,
        "type" => TopLevelKey.Type,
        "meta" => TopLevelKey.Meta,
        "token" => TopLevelKey.Token,
        _ => TopLevelKey.Other,
    };
}
