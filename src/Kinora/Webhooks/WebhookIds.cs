using Kinora.Jobs;

namespace Kinora.Webhooks;

/// <summary>Ids of 128 random bits, with the prefix of their kind.</summary>
internal static class WebhookIds
{
    public static string Endpoint(IRandomBytes random) => New("wh_", random);

    public static string Delivery(IRandomBytes random) => New("msg_", random);

    public static string Event(IRandomBytes random) => New("evt_", random);

    private static string New(string prefix, IRandomBytes random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.Fill(bytes);
        return prefix + Convert.ToHexStringLower(bytes);
    }
}
