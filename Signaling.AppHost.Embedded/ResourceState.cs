using System.Text.Json.Serialization;

namespace Signaling.AppHost.Embedded;

[JsonConverter(typeof(JsonStringEnumConverter<ResourceState>))]
internal enum ResourceState
{
    Waiting,
    Installing,
    Starting,
    Running,
    Stopping,
    Stopped,
    Exited,
    FailedToStart,
}
