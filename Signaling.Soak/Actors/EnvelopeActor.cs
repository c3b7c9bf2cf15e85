using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Signaling.Soak.Lines;
using Signaling.Soak.Truth;

namespace Signaling.Soak.Actors;

/// <summary>A peer of envelope mode: a life is a place, which may outlive several connections.</summary>
internal sealed partial class EnvelopeActor(World world, RelayProcess relay, Func<SoakRoom> chooseRoom, IReadOnlyList<Actor> everybody, int seed)
    : Actor(world, relay, chooseRoom, seed)
{
    private string _secret = "";
    private long _got;
    private long _framesWhenHeard;
    private bool _isFrail;
    private bool _isVandal;
    private Tunnel? _tunnel;

    protected override async Task EnterAsync(SoakRoom room)
    {
        var life = Candidate(room);
        var (line, welcome) = await OpenAsync(life, secret: null, got: null);
        lock (World.Gate) Seat(life, line, welcome);
        _ = ListenAsync(line);
    }

    protected override void Handle(WireFrame frame)
    {
        if (frame.Opcode != WireOpcode.Text) throw new Violation($"{Life} got a frame {frame.Opcode}", Life);
        _got++;
        _framesWhenHeard = Life!.Room.Frames;
        using var document = JsonDocument.Parse(frame.Payload);
        var json = document.RootElement;
        switch (json.TryGetProperty("type", out var type) ? type.GetString() : null)
        {
            case null:
                var to = json.TryGetProperty("to", out var addressee) ? addressee.GetString() : null;
                if (to is not null && to != Life.Id) throw new Violation($"{Life} heard a message to {to}", Life);
                Hearing!.Hears(JsonMarshal.GetRawUtf8Value(json.GetProperty("data")).ToArray(), Hearing.Roster.Speaker(Text(json, "from")), to is not null);
                break;
            case "raw":
                HearsRaw(json);
                break;
            case "join":
                Hearing!.Roster.Joined(json);
                Note($"told: join {Text(json, "id")}");
                break;
            case "leave":
                Left(json);
                break;
            case "presence":
                foreach (var peer in json.GetProperty("joined").EnumerateArray()) Hearing!.Roster.Joined(peer);
                foreach (var peer in json.GetProperty("left").EnumerateArray()) Left(peer);
                break;
            case "meta":
                if (Hearing!.Roster.Speaker(Text(json, "id")).Key != json.GetProperty("meta").GetProperty("k").GetInt32())
                    throw new Violation($"{Life} was told of another's meta: {json}", Life);
                break;
            case "error":
                Refused(json);
                break;
            case "ice":
                break;
            default:
                throw new Violation($"{Life} did not expect {json}", Life);
        }
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private void HearsRaw(JsonElement json)
    {
        var isText = json.TryGetProperty("data", out var data);
        var text = isText ? Encoding.UTF8.GetBytes(data.GetString()!) : json.GetProperty("base64").GetBytesFromBase64();
        var speech = Speech.Read(text, Life!.Room.Name, Life);
        var speaker = World.Life(speech.Key);
        if (speaker?.IsRaw != true || isText == (speech.N % 7 == 0)) throw new Violation($"{Life} heard as raw: {json}", Life, speaker);
        World.IsCalled(speaker, Text(json, "from"));
        Hearing!.Hears(text, speaker, isForMe: false);
    }

    private void Left(JsonElement json)
    {
        var (id, reason) = (Text(json, "id"), Text(json, "reason"));
        Note($"told: leave {id} {reason}");
        if (Hearing!.Roster.Left(id, reason) is { } life) Hearing.Left(life);
    }

    // The relay did not deliver what this peer said, and says so.
    private void Refused(JsonElement json)
    {
        var code = Text(json, "code");
        if (code == "bad-message" && _isVandal) return;
        if (code is not ("rate-limited" or "peer-unavailable") || !json.TryGetProperty("ref", out var reference)) throw new Violation($"{Life} did not expect {json}", Life);
        World.Figures.Refused++;
        var parts = reference.GetString()!.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        Note($"refused {reference}: {code}");
        if (Life!.Known(parts[0]) is not { } channel || !channel[parts[1]].Refuse(parts[2]))
            throw new Violation($"{Life} was told of {reference} that it was not delivered: {code}; but it was, or was never said, or this was told before", Life);
        if (code == "peer-unavailable") World.LifeOf(Text(json, "to"))?.SaidGone(World.Now);
    }
}
