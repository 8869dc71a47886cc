using System.Numerics;
using System.Security.Cryptography;

namespace Kinora.Secrets;

/// <summary>
/// Ed25519 signatures (RFC 8032, 5.1), which the runtime does not have. For checking those of others: how long anything takes here depends on the numbers, so
/// real secrets must never come near it. It signs for the lab alone, whose key is published in the RFC.
/// </summary>
public static class Ed25519
{
    public const int KeyBytes = 32;

    public const int SignatureBytes = 64;

    private static readonly BigInteger _p = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger _order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger _d = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger _rootOfMinusOne = BigInteger.ModPow(2, (_p - 1) / 4, _p);
    private static readonly Point _base = Decode((byte[])[0x58, .. Enumerable.Repeat((byte)0x66, 31)])!.Value;

    /// <summary>True when the owner of the key has signed the message. A key or signature that is none is not right.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeyBytes || signature.Length != SignatureBytes || Decode(publicKey) is not { } key || Decode(signature[..32]) is not { } r)
        {
            return false;
        }

        // A signature has one form: the same with the order added would be right too, and is refused.
        var s = Number(signature[32..]);
        if (s >= _order)
        {
            return false;
        }

        byte[] hashed = [.. signature[..32], .. publicKey, .. message];
        var k = BigInteger.Remainder(Number(SHA512.HashData(hashed)), _order);
        return Sum(s, _base, k, key.Negated()).IsAt(r);
    }

    /// <summary>Signs with a key that is no secret.</summary>
    /// <param name="seed">The private key, 32 bytes.</param>
    public static byte[] SignWithTestKey(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        var hash = SHA512.HashData(seed);
        hash[0] &= 0xF8;
        hash[31] = (byte)((hash[31] & 0x7F) | 0x40);
        var a = Number(hash.AsSpan(0, 32));
        byte[] prefixed = [.. hash.AsSpan(32), .. message];
        var r = BigInteger.Remainder(Number(SHA512.HashData(prefixed)), _order);
        var (publicKey, commitment) = (Encode(Times(a)), Encode(Times(r)));
        byte[] hashed = [.. commitment, .. publicKey, .. message];
        var k = BigInteger.Remainder(Number(SHA512.HashData(hashed)), _order);
        var s = new byte[32];
        BigInteger.Remainder(r + (k * a), _order).TryWriteBytes(s, out _, isUnsigned: true);
        return [.. commitment, .. s];
    }

    private static Point Times(BigInteger scalar)
    {
        var sum = Point.Zero;
        for (var bit = 255; bit >= 0; bit--)
        {
            sum = sum.Plus(sum);
            sum = ((scalar >> bit) & 1).IsZero ? sum : sum.Plus(_base);
        }

        return sum;
    }

    private static byte[] Encode(Point point)
    {
        var (inverse, bytes) = (Inverse(point.Z), new byte[32]);
        Mod(point.Y * inverse).TryWriteBytes(bytes, out _, isUnsigned: true);
        bytes[31] |= (byte)(Mod(point.X * inverse).IsEven ? 0 : 0x80);
        return bytes;
    }

    /// <summary>a·A + b·B, bit by bit for both at once.</summary>
    private static Point Sum(BigInteger a, Point atA, BigInteger b, Point atB)
    {
        var both = atA.Plus(atB);
        var sum = Point.Zero;
        for (var bit = 252; bit >= 0; bit--)
        {
            sum = sum.Plus(sum);
            var (inA, inB) = (!((a >> bit) & 1).IsZero, !((b >> bit) & 1).IsZero);
            if (inA || inB)
            {
                sum = sum.Plus(inA && inB ? both : inA ? atA : atB);
            }
        }

        return sum;
    }

    /// <summary>A point as RFC 8032, 5.1.3 reads it; null when there is none.</summary>
    private static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        var odd = bytes[31] >> 7 == 1;
        var y = Number(bytes) & (BigInteger.Pow(2, 255) - 1);
        if (y >= _p)
        {
            return null;
        }

        var (u, v) = (Mod((y * y) - 1), Mod((_d * y * y) + 1));
        var x = Mod(u * BigInteger.ModPow(v, 3, _p) * BigInteger.ModPow(Mod(u * BigInteger.ModPow(v, 7, _p)), (_p - 5) / 8, _p));
        var square = Mod(v * x * x);
        if (square != u)
        {
            if (square != Mod(-u))
            {
                return null;
            }

            x = Mod(x * _rootOfMinusOne);
        }

        return x.IsZero && odd ? null : Point.At(x.IsEven == odd ? _p - x : x, y);
    }

    private static BigInteger Number(ReadOnlySpan<byte> littleEndian) => new(littleEndian, isUnsigned: true);

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, _p - 2, _p);

    private static BigInteger Mod(BigInteger value) => BigInteger.Remainder(value, _p) is var rest && rest.Sign < 0 ? rest + _p : rest;

    /// <summary>A point of the curve in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.</summary>
    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
    {
        public static readonly Point Zero = At(BigInteger.Zero, BigInteger.One);

        public static Point At(BigInteger x, BigInteger y) => new(x, y, BigInteger.One, Mod(x * y));

        public Point Negated() => this with { X = Mod(-X), T = Mod(-T) };

        // RFC 8032, 5.1.4; right for a point and itself, too.
        public Point Plus(Point other)
        {
            var a = Mod((Y - X) * (other.Y - other.X));
            var b = Mod((Y + X) * (other.Y + other.X));
            var c = Mod(2 * T * other.T * _d);
            var d = Mod(2 * Z * other.Z);
            var (e, f, g, h) = (b - a, d - c, d + c, b + a);
            return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
        }

        public bool IsAt(Point other) => Mod((X * other.Z) - (other.X * Z)).IsZero && Mod((Y * other.Z) - (other.Y * Z)).IsZero;
    }
}
