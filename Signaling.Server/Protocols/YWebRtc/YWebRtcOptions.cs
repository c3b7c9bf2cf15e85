namespace Signaling.Server.Protocols.YWebRtc;

/// <summary>Whether clients of y-webrtc are served. Section <c>YWebRtc</c>.</summary>
public sealed class YWebRtcOptions
{
    /// <summary>At <c>/y-webrtc</c>. Default: yes.</summary>
    public bool Enabled { get; set; } = true;
}
