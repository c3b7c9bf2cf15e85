using System.Globalization;
using System.Text;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>What a client asks for in its URL.</summary>
/// <param name="Meta">Its metadata, a JSON object.</param>
/// <param name="Secret">The place that it wants back.</param>
/// <param name="Got">How many frames it has received there; null when it did not count.</param>
internal sealed record EntryWish(byte[] Meta, string? Secret, long? Got)
{
    /// <summary>What is wrong with the URL, for the developer of the client; or null.</summary>
    public static string? Check(IQueryCollection query)
    {
        if (query["meta"].ToString() is { Length: > 0 } meta && !ClientMessage.IsMeta(Encoding.UTF8.GetBytes(meta)))
            return $"?meta= must be a JSON object of {ClientMessage.MaxMetaBytes} bytes at most, URL-encoded.";
        if (query["got"].ToString() is { Length: > 0 } got && !TryCount(got, out _))
            return "?got= must be the number of frames received on the place, welcomes excepted.";
        return null;
    }

    public static EntryWish Of(IQueryCollection query) => new(
        query["meta"].ToString() is { Length: > 0 } meta ? Encoding.UTF8.GetBytes(meta.Trim()) : "{}"u8.ToArray(),
        query["resume"].ToString() is { Length: > 0 } secret ? secret : null,
        query["got"].ToString() is { Length: > 0 } got && TryCount(got, out var count) ? count : null);

    private static bool TryCount(string text, out long count) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
