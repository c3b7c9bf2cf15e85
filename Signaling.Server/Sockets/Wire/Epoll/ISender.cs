namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>Who has something to send at the end of a loop's turn.</summary>
internal interface ISender
{
    /// <summary>On the loop's thread. Sends all that waits, as far as it is taken, and blocks for nothing.</summary>
    void SendNow();
}
