using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Signaling.Soak.Truth;

/// <summary>One message of one life. Its text is made of these numbers alone, so that a receiver can tell whether it came verbatim.</summary>
/// <param name="Key">Who says it.</param>
/// <param name="To">To whom alone; 0: to all.</param>
/// <param name="Epoch">On which of the speaker's connections, counted from 1.</param>
/// <param name="N">Its number there, among those to the same.</param>
/// <param name="Size">Bytes of padding.</param>
internal readonly record struct Speech(int Key, int To, int Epoch, int N, int Size)
{
    public string Reference => string.Create(CultureInfo.InvariantCulture, $"{To}.{Epoch}.{N}");

    // The odd white space, the 1.0 and the twofold x must survive.
    public string Text(string room) => string.Create(CultureInfo.InvariantCulture,
        $$"""{ "k":{{Key}},"to":{{To}},"e":{{Epoch}}, "n":{{N}},"z":{{Size}},"x":1.0,"x":123456789012345678901 ,"room":"{{room}}","pad":"{{new string((char)('a' + N % 26), Size)}}"}""");

    /// <summary>What a text says; throws when it is not a message of the soak, to the last byte.</summary>
    public static Speech Read(ReadOnlyMemory<byte> text, string room, Life receiver)
    {
        Speech speech;
        try
        {
            using var json = JsonDocument.Parse(text);
            int Number(string name) => json.RootElement.GetProperty(name).GetInt32();
            speech = new Speech(Number("k"), Number("to"), Number("e"), Number("n"), Number("z"));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new Violation($"{receiver} heard what nobody said: {Encoding.UTF8.GetString(text.Span)}", receiver);
        }
        if (Encoding.UTF8.GetString(text.Span) != speech.Text(room))
            throw new Violation($"{receiver} in room {room} heard what was not said so, or not there: {Encoding.UTF8.GetString(text.Span)}", receiver);
        return speech;
    }
}
