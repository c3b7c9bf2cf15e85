using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Signaling.Server.Hosting;

namespace Signaling.Server.Sockets;

/// <summary>How many connections there are, in all and from each address, and whether there is a place for one more.</summary>
internal sealed class ConnectionLimits(IOptions<LimitsOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientAddress, int> _from = [];
    private int _all;

    /// <summary>Addresses that somebody is connected from.</summary>
    public int Addresses
    {
        get
        {
            lock (_lock) return _from.Count;
        }
    }

    /// <summary>Takes a place, to be given back with <see cref="Leave"/>; or says why there is none.</summary>
    public Refusal? TryEnter(ClientAddress address)
    {
        var limits = options.Value;
        lock (_lock)
        {
            if (limits.Connections > 0 && _all >= limits.Connections) return Refusal.ServerFull;
            if (address.Family != AddressFamily.Unspecified)
            {
                ref var here = ref CollectionsMarshal.GetValueRefOrAddDefault(_from, address, out _);
                if (limits.ConnectionsPerAddress > 0 && here >= limits.ConnectionsPerAddress) return Refusal.AddressFull;
                here++;
            }
            _all++;
            return null;
        }
    }

    public void Leave(ClientAddress address)
    {
        lock (_lock)
        {
            _all--;
            if (address.Family == AddressFamily.Unspecified) return;
            ref var here = ref CollectionsMarshal.GetValueRefOrNullRef(_from, address);
            if (--here == 0) _from.Remove(address);
        }
    }
}
