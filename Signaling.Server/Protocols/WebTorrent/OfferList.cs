using System.Text.Json;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>The offers of an announce, one after the other.</summary>
/// <param name="json">An array that was read before.</param>
internal ref struct OfferList(ReadOnlySpan<byte> json)
{
    /// <summary>Offers of one announce that are dealt; more are dropped, as in the original.</summary>
    public const int Most = 82;

    private readonly ReadOnlySpan<byte> _json = json;
    private Utf8JsonReader _reader = Begin(json);

    /// <summary>The session description, as JSON.</summary>
    public ReadOnlySpan<byte> Offer { get; private set; }

    /// <summary>Its id, as JSON.</summary>
    public ReadOnlySpan<byte> OfferId { get; private set; }

    /// <summary>How many there are.</summary>
    public static int Count(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return 0;
        var offers = new OfferList(json);
        var count = 0;
        while (count < Most && offers.TryNext()) count++;
        return count;
    }

    /// <summary>Goes to the next; what is no offer is passed over.</summary>
    public bool TryNext()
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                _reader.Skip();
                continue;
            }
            Offer = OfferId = default;
            ReadOffer();
            if (!Offer.IsEmpty && !OfferId.IsEmpty) return true;
        }
        return false;
    }

    private static Utf8JsonReader Begin(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader;
    }

    private void ReadOffer()
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOffer = _reader.ValueTextEquals("offer"u8);
            var isId = _reader.ValueTextEquals("offer_id"u8);
            _reader.Read();
            var from = (int)_reader.TokenStartIndex;
            _reader.Skip();
            var value = _json[from..(int)_reader.BytesConsumed];
            if (isOffer) Offer = value;
            if (isId) OfferId = value;
        }
    }
}
