using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace Signaling.Server.Ice;

/// <summary>The ICE servers that a client is told of, as <c>RTCConfiguration.iceServers</c> wants them.</summary>
public sealed class IceServers(IOptions<IceOptions> options, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly byte[] _withoutTurn = JsonSerializer.SerializeToUtf8Bytes(Stun(options.Value), Json);

    /// <summary>How long the credentials in an answer are good for.</summary>
    public TimeSpan Lifetime => options.Value.Lifetime;

    /// <summary>A JSON array, with fresh TURN credentials in it where there is a TURN server.</summary>
    /// <param name="id">Whom they are for: the TURN server logs it.</param>
    public byte[] ToJson(string id)
    {
        var settings = options.Value;
        if (settings.TurnUrls.Length == 0) return _withoutTurn;
        var credential = TurnCredential.Make(settings.TurnSecret, id, time.GetUtcNow() + settings.Lifetime);
        return JsonSerializer.SerializeToUtf8Bytes(
            Stun(settings).Append(new IceServer(settings.TurnUrls, credential.UserName, credential.Password)), Json);
    }

    private static IEnumerable<IceServer> Stun(IceOptions settings) =>
        settings.StunUrls.Length == 0 ? [] : [new IceServer(settings.StunUrls)];

    private sealed record IceServer(string[] Urls, string? Username = null, string? Credential = null);
}
