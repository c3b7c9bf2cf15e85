using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Signaling.E2E.Running;

/// <summary>An address of this machine that is not its loopback: what other machines would use.</summary>
public static class NetworkAddress
{
    /// <summary>Skips the test where there is none.</summary>
    public static string Needed()
    {
        var found = NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus == OperationalStatus.Up)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address)
            .FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(one));
        Assert.SkipWhen(found is null, "This machine has no network address.");
        return found.ToString();
    }
}
