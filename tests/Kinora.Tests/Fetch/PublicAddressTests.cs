using System.Net;
using Kinora.Adapters.Fetch;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Fetch;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255", "11.0.0.0")]
    [InlineData("100.63.255.255", "100.128.0.0")]
    [InlineData("126.255.255.255", "128.0.0.0")]
    [InlineData("169.253.255.255", "169.255.0.0")]
    [InlineData("172.15.255.255", "172.32.0.0")]
    [InlineData("192.0.1.0", "192.0.3.0")]
    [InlineData("192.167.255.255", "192.169.0.0")]
    [InlineData("198.17.255.255", "198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111", "2001:200::1", "2a00:1450::1", "3ffe::1", "2003::1")]
    public void Public(params string[] addresses) => addresses.Where(address => !PublicAddress.IsPublic(IPAddress.Parse(address))).ShouldBeEmpty();

    [Theory]
    [InlineData("unspecified", "0.0.0.0", "0.255.255.255", "::")]
    [InlineData("loopback", "127.0.0.0", "127.0.0.1", "127.255.255.255", "::1")]
    [InlineData("private", "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255", "fc00::", "fdff::1")]
    [InlineData("shared", "100.64.0.0", "100.100.100.200", "100.127.255.255")]
    [InlineData("link-local", "169.254.0.0", "169.254.169.254", "169.254.255.255", "fe80::1", "fe80::1%1", "febf::1")]
    [InlineData("site-local", "fec0::1", "feff::1")]
    [InlineData("multicast", "224.0.0.0", "239.255.255.255", "ff00::", "ff02::1", "ffff::1")]
    [InlineData("broadcast and reserved", "240.0.0.0", "255.255.255.255", "192.0.0.0", "192.0.0.255", "192.88.99.1", "100::1")]
    [InlineData("documentation", "192.0.2.1", "198.51.100.1", "203.0.113.255", "2001:db8::1", "3fff::1", "3fff:fff::1")]
    [InlineData("benchmarking", "198.18.0.0", "198.19.255.255", "2001:2::1")]
    [InlineData("IPv4 within IPv6", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::808:808", "2002:808:808::1", "2001:0:808:808::1")]
    [InlineData("cloud service", "168.63.129.16")]
    public void NotPublic(string kind, params string[] addresses) => addresses.Where(address => PublicAddress.IsPublic(IPAddress.Parse(address))).ShouldBeEmpty(kind);
}
