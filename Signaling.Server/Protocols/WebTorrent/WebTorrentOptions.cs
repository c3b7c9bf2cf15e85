using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>How clients of WebTorrent trackers are served. Section <c>WebTorrent</c>.</summary>
public sealed class WebTorrentOptions
{
    /// <summary>At <c>/announce</c>. Default: yes.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How long clients are told to wait between announces. 10 s to 1 h; default 30 s: of two Trystero peers only one may
    /// offer, and when that is the elder they do not meet before it announces again. (Theirs: 2 min.)
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00", ErrorMessage = "WebTorrent:Interval must be {1} to {2}.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Who has not announced for so long is in the swarm no more. 1 min to 1 day; default 20 min, as theirs.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "WebTorrent:PeerTimeout must be {1} to {2}.")]
    public TimeSpan PeerTimeout { get; set; } = TimeSpan.FromMinutes(20);
}
