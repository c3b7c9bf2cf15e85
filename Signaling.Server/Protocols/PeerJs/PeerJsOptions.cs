using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>How clients of PeerJS are served. Section <c>PeerJs</c>.</summary>
public sealed class PeerJsOptions
{
    /// <summary>At <c>/peerjs</c>. Default: yes.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What clients give as <c>key</c>: a password for all, and no more. 1 to 128 characters; default <c>peerjs</c>, as theirs.</summary>
    [StringLength(128, MinimumLength = 1, ErrorMessage = "PeerJs:Key must have {2} to {1} characters.")]
    public string Key { get; set; } = "peerjs";

    /// <summary>Whether everybody may have the list of all ids. Default: no.</summary>
    public bool Discovery { get; set; }

    /// <summary>Ids that there may be; the next client is told that the server is full. 0: no limit. Default 50,000.</summary>
    [Range(0, 10_000_000, ErrorMessage = "PeerJs:Peers must be {1} (no limit) to {2}.")]
    public int Peers { get; set; } = 50_000;

    /// <summary>A client that says nothing for so long, not even HEARTBEAT, is closed. 1 s to 1 day; default 90 s, as theirs.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "PeerJs:AliveTimeout must be {1} to {2}.")]
    public TimeSpan AliveTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How long messages wait for somebody who is not there. 1 s to 1 h; default 5 s, as theirs.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "PeerJs:ExpireTimeout must be {1} to {2}.")]
    public TimeSpan ExpireTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that may wait for one who is not there; what does not fit expires at once. 0 to 16 MiB; default 256 KiB.</summary>
    [Range(0, 16 << 20, ErrorMessage = "PeerJs:WaitingBytes must be {1} to {2}.")]
    public int WaitingBytes { get; set; } = 256 << 10;

    /// <summary>Bytes that may wait for all who are not there. 0 to 1 GiB; default 16 MiB.</summary>
    [Range(0, 1 << 30, ErrorMessage = "PeerJs:WaitingBytesInAll must be {1} to {2}.")]
    public int WaitingBytesInAll { get; set; } = 16 << 20;
}
