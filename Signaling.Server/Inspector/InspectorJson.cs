using System.Text.Json.Serialization;

namespace Signaling.Server.Inspector;

/// <summary>What the inspector's answers are made of.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SequenceEvent))]
[JsonSerializable(typeof(Hint))]
[JsonSerializable(typeof(PairTimes))]
[JsonSerializable(typeof(RoomsView))]
[JsonSerializable(typeof(PresentView))]
[JsonSerializable(typeof(Note))]
internal sealed partial class InspectorJson : JsonSerializerContext;
