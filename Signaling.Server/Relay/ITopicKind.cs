namespace Signaling.Server.Relay;

/// <summary>A protocol that reaches over several servers: it knows its topics by their names.</summary>
public interface ITopicKind
{
    /// <summary>Makes the one that hears what others say in a topic; null when the name is not of this protocol. Before anything is heard.</summary>
    ITopicListener? Listen(string name, ITopic topic);
}
