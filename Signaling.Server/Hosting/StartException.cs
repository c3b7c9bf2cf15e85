namespace Signaling.Server.Hosting;

/// <summary>The server cannot start as it is configured. The message is for the person who started it.</summary>
public sealed class StartException(string message) : Exception(message);
