using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Backplane;

/// <summary>How several servers act as one. Section <c>Backplane</c>; counts where <c>ConnectionStrings:redis</c> is set.</summary>
public sealed class BackplaneOptions
{
    /// <summary>Peers of a server that died are gone everywhere after so long, at most. 5 s to 10 min; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00", ErrorMessage = "Backplane:Lease must be {1} to {2}.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long somebody who connects waits for Redis; then he is let in, and meets those of this server only, until it answers. 10 ms to 30 s; default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30", ErrorMessage = "Backplane:Patience must be {1} to {2}.")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes that may wait for Redis; what does not fit is not told to other servers, and their peers learn that they missed something. 64 KiB to 1 GiB; default 8 MiB.</summary>
    [Range(65_536, 1 << 30, ErrorMessage = "Backplane:QueueBytes must be {1} to {2}.")]
    public int QueueBytes { get; set; } = 8 << 20;

    /// <summary>What <c>/health</c> says while Redis cannot be had. Default: degraded, with 200.</summary>
    public Readiness Readiness { get; set; } = Readiness.Degraded;

    /// <summary>A file in PEM: where the connection is by TLS, Redis must show a certificate of an authority in it. Default: of one that the system trusts.</summary>
    public string CertificateAuthority { get; set; } = "";

    /// <summary>What keys and channels begin with: servers of the same prefix act as one. 1 to 64 characters of <c>A-Z a-z 0-9 . _ -</c>; default <c>signaling</c>.</summary>
    [RegularExpression("[A-Za-z0-9._-]{1,64}", ErrorMessage = "Backplane:Prefix must have 1 to 64 characters of A-Z a-z 0-9 . _ -")]
    public string Prefix { get; set; } = "signaling";
}
