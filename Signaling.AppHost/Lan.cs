using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

/// <summary>
/// What it takes to show the page to the network: an address of this machine that others reach, and the developer
/// certificate as files. The certificate names localhost, not the address, so every browser warns once; the page's
/// server passes signaling on to the relay, so that there is this one origin to accept, and no second.
/// </summary>
/// <param name="Address">IPv4, where other machines reach this one.</param>
/// <param name="Certificate">The developer certificate, in PEM.</param>
/// <param name="Key">Its key, in PEM, for this user's eyes only.</param>
internal sealed record Lan(string Address, string Certificate, string Key)
{
    public const int Port = 5173;

    /// <summary>Null, after a word about it to whoever started this, where it cannot be had.</summary>
    public static Lan? Find()
    {
        if (FindAddress() is not { } address)
            return Without("this machine has no network address. Connect it to a network, or name the address: `LAN_ADDRESS=192.168.1.5 dotnet run …`.");
        if (DevCerts("--check") != 0)
            return Without("there is no developer certificate. `dotnet dev-certs https` makes one.");

        var folder = Directory.CreateTempSubdirectory("signaling-lan-"); // on Unix for this user alone
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var certificate = Path.Combine(folder.FullName, "lan.pem");
        return DevCerts("--export-path", certificate, "--format", "PEM", "--no-password") == 0
            ? new Lan(address, certificate, Path.ChangeExtension(certificate, "key"))
            : Without("the developer certificate could not be exported. `dotnet dev-certs https --clean`, then `dotnet dev-certs https`, makes a new one.");
    }

    /// <summary>The address of the interface that leads out, else of any that is up.</summary>
    private static string? FindAddress()
    {
        if (Environment.GetEnvironmentVariable("LAN_ADDRESS") is { Length: > 0 } named) return named;
        var interfaces = from one in NetworkInterface.GetAllNetworkInterfaces()
                         where one.OperationalStatus == OperationalStatus.Up && one.NetworkInterfaceType != NetworkInterfaceType.Loopback
                         let properties = one.GetIPProperties()
                         orderby properties.GatewayAddresses.Any(gateway => !gateway.Address.Equals(IPAddress.Any)) descending
                         select properties;
        return interfaces.SelectMany(one => one.UnicastAddresses).Select(one => one.Address)
            .FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(one))?.ToString();
    }

    private static int DevCerts(params string[] arguments)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        using var process = Process.Start(new ProcessStartInfo(dotnet, ["dev-certs", "https", .. arguments]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static Lan? Without(string why)
    {
        Console.Error.WriteLine($"--lan: {why}");
        return null;
    }
}
